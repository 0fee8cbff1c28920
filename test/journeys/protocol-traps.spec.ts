import * as client from 'openid-client';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { Citizen } from '../support/citizen.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';

const ROUNDS = 20;
const AT_ONCE = 5;
const SITES = 8;

const stores = [
  { store: 'in-process', env: {} },
  ...(process.env['TEST_REDIS_URL'] ? [{ store: 'redis', env: { REDIS_URL: process.env['TEST_REDIS_URL'] } }] : []),
];

describe.each(stores)('the library’s traps on the $store store', ({ env }) => {
  let service: RunningService;
  let sites: TestSite[];
  let citizen: Citizen;

  beforeAll(async () => {
    sites = await Promise.all(Array.from({ length: SITES }, async (_, at) => TestSite.start(`site-${at}`)));
    const entries = sites.map((site) => site.metadata({ rotate_refresh_token: true }));
    service = await startService('hubei', { SITES_FILE: sitesFile(entries), ...env });
    citizen = new Citizen(service);
    await citizen.hasAccount(await (sites[0] as TestSite).loginUrl(service.origin));
  });

  afterAll(async () => {
    await service.close();
    await Promise.all(sites.map(async (site) => site.close()));
  });

  const token = async (body: Record<string, string>) =>
    fetch(`${service.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`site-0:${SITE_SECRET}`).toString('base64')}` },
      body: new URLSearchParams(body),
    });

  /** A fresh code of the live session, not redeemed yet. */
  async function freshCode(): Promise<Record<string, string>> {
    const verifier = client.randomPKCECodeVerifier();
    const redirectUri = `${(sites[0] as TestSite).origin}/callback`;
    const url = new URL(
      await (sites[0] as TestSite).loginUrl(service.origin, {
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
      }),
    );
    const answer = await citizen.browser.request('GET', url.href);
    const code = new URL(answer.headers.get('location') as string).searchParams.get('code') as string;
    return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  }

  it('a code redeemed five times at once gives one token set, twenty times over', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const body = await freshCode();
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, async () => token(body)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const refused = await Promise.all(
        answers.filter(({ status }) => status !== 200).map(async (one) => (await one.json()) as { error: string }),
      );
      expect(new Set(refused.map(({ error }) => error))).toEqual(new Set(['invalid_grant']));
    }
  });

  it('a code used a second time ends the tokens made from it', async () => {
    const body = await freshCode();
    const { access_token: accessToken } = (await (await token(body)).json()) as { access_token: string };
    const userinfo = async () =>
      fetch(`${service.origin}/oidc/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
    expect((await userinfo()).status).toBe(200);
    expect((await token(body)).status).toBe(400);
    expect((await userinfo()).status).toBe(401);
  });

  it('a rotated refresh token redeemed five times at once gives one token set, twenty times over', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = (await (await token(await freshCode())).json()) as { refresh_token: string };
      const body = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, async () => token(body)));
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      const sets = await Promise.all(answers.filter(({ status }) => status === 200).map(async (one) => one.json()));
      expect(sets).toHaveLength(1);
    }
  });

  it('a pushed request used five times at once with a live session gives one code, twenty times over', async () => {
    const site = sites[0] as TestSite;
    const configuration = await site.discover(service.origin);
    for (let round = 0; round < ROUNDS; round += 1) {
      const url = await client.buildAuthorizationUrlWithPAR(configuration, {
        redirect_uri: `${site.origin}/callback`,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        code_challenge_method: 'S256',
      });
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, async () => citizen.browser.copy().request('GET', url.href)),
      );
      const codes = answers.filter((answer) => (answer.headers.get('location') ?? '').includes('code='));
      expect(codes).toHaveLength(1);
    }
  });

  it('eight sites of one session opened in parallel all keep their login', async () => {
    const other = new Citizen(service);
    const [first] = sites as [TestSite];
    await other.hasAccount(await first.loginUrl(service.origin));
    const pages = await Promise.all(
      sites.map(async (site) => other.browser.copy().open(await site.loginUrl(service.origin))),
    );
    expect(pages.map(({ title }) => title)).toEqual(sites.map(() => 'logged in'));
    const subjects = await Promise.all(sites.map(async (site) => (await site.userinfo(site.lastLogin)).sub));
    expect(new Set(subjects).size).toBe(1);
    const told = sites.map((site) => site.logoutTokens.length);
    await other.browser.open(first.logoutUrl(first.lastLogin));
    await Promise.all(sites.map(async (site, at) => site.told((told[at] as number) + 1)));
  });

  it('one site opened five times at once for the first time keeps every login, under one sid, twenty times over', async () => {
    const other = new Citizen(service);
    const [first, second] = sites as [TestSite, TestSite];
    await other.hasAccount(await first.loginUrl(service.origin));
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = second.logins.length;
      const tabs = Array.from({ length: AT_ONCE }, () => other.browser.copy());
      const pages = await Promise.all(tabs.map(async (tab) => tab.open(await second.loginUrl(service.origin))));
      expect(pages.map(({ title }) => title)).toEqual(tabs.map(() => 'logged in'));
      const logins = second.logins.slice(before);
      expect(new Set(logins.map(({ claims }) => claims['sid'])).size).toBe(1);
      expect((await Promise.all(logins.map(async (login) => second.userinfo(login)))).length).toBe(AT_ONCE);
      await service.app.get(Sessions).revokeSite(logins[0]?.claims.sub as string, second.id);
    }
  });

  it('a hop with the old cookie while another tab finishes a step-up loses nothing', async () => {
    const other = new Citizen(service);
    const [first, second] = sites as [TestSite, TestSite];
    await other.hasAccount(await first.loginUrl(service.origin));
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:1' } } });
    const stepUp = await other.browser.open(await first.loginUrl(service.origin, { claims }));
    const before = other.browser.copy();
    await stepUp.press('verification-skip');
    expect((await before.open(await second.loginUrl(service.origin, { prompt: 'none' }))).title).toBe('logged in');
    const after = await other.browser.open(await first.loginUrl(service.origin, { prompt: 'none' }));
    expect(after.title).toBe('logged in');
  });
});
