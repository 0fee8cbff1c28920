import { generateKeyPairSync } from 'node:crypto';
import { jest } from '@jest/globals';
import * as jose from 'jose';
import { Engine } from '../../src/oidc/engine.service.js';
import { Unavailable } from '../../src/shared/refusal.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { Browser } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import type { Login, TestSite } from '../support/site.js';

const CONFIRM = '还差一步：退出所有站点';
const OUT = '您已退出';
/** A machine of the network inside, which the operator has not listed. */
const INWARD = { backchannel_logout_uri: 'http://10.20.30.40/logout' };
const PAIRWISE = { subject_type: 'pairwise', id_token_signed_response_alg: 'ES256' };

describe('signing out (RP-Initiated Logout, Back-Channel Logout)', () => {
  let at: Protocol<'site' | 'other' | 'pairwise' | 'inward'>;
  let site: TestSite;
  let other: TestSite;
  let origin: string;

  beforeAll(async () => {
    at = await startProtocol({ site: {}, other: {}, pairwise: PAIRWISE, inward: INWARD });
    ({ site, other } = at.sites);
    origin = at.service.origin;
  });
  afterAll(async () => at.close());

  /** Somebody signed in at the site. */
  const inside = async (): Promise<{ person: Citizen; browser: Browser; login: Login }> => {
    const person = new Citizen(at.service);
    await person.hasAccount(await site.loginUrl(origin));
    return { person, browser: person.browser, login: site.lastLogin };
  };
  const isIn = async (browser: Browser): Promise<boolean> =>
    (await at.asks(site, { prompt: 'none' }, browser)).title === 'logged in';
  const advance = async (seconds: number) =>
    fetch(`${origin}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ advance: String(seconds) }) });

  describe('who is sent back at once', () => {
    it('a hint of this session, expired or not: with its state and nothing else, without it with nothing', async () => {
      for (const [more, query] of [
        [{ state: 'a b&c=<d>' }, { state: 'a b&c=<d>' }],
        [{}, {}],
      ] as const) {
        const { browser, login } = await inside();
        at.service.clock.advance(3600);
        await at.asks(site, { prompt: 'none' }, browser);
        const out = await browser.request('GET', site.logoutUrl(login, more));
        const location = new URL(out.headers.get('location') as string);
        expect([out.status, location.origin + location.pathname]).toEqual([303, `${site.origin}/signed-out`]);
        expect(Object.fromEntries(location.searchParams)).toEqual(query);
        expect(await isIn(browser)).toBe(false);
      }
    });

    it('nobody signed in: to the registered address by hint or client_id, else to the signed-out page', async () => {
      const { browser, login } = await inside();
      await browser.request('GET', site.logoutUrl(login));
      const byHint = await browser.request('GET', site.logoutUrl(login, { state: 'z' }));
      expect(byHint.headers.get('location')).toBe(`${site.origin}/signed-out?state=z`);
      const byId = await new Browser().request('GET', site.logoutUrl(undefined, { client_id: 'site' }));
      expect(byId.headers.get('location')).toBe(`${site.origin}/signed-out`);
      for (const query of ['', '?state=x', `?id_token_hint=${login.tokens.id_token}`, '?ui_locales=en']) {
        const page = await new Browser().open(`${origin}/oidc/logout${query}`);
        expect(page.title).toBe(query.endsWith('en') ? 'You are logged out' : OUT);
      }
    });
  });

  describe('who is asked first', () => {
    it('a session without a hint, whatever else is there; then it is out, and sent on', async () => {
      const { browser } = await inside();
      const asked = await browser.open(`${origin}/oidc/logout?state=x&ui_locales=en`);
      expect([asked.title, await isIn(browser)]).toEqual(['One more step: log out of all sites', true]);
      expect((await asked.press('logout-confirm')).title).toBe('You are logged out');
      expect(await isIn(browser)).toBe(false);

      const { browser: second } = await inside();
      const byId = await second.open(site.logoutUrl(undefined, { client_id: 'site', state: 'y' }));
      expect(byId.title).toBe(CONFIRM);
      expect((await byId.press('logout-confirm')).url.href).toBe(`${site.origin}/signed-out?state=y`);
      expect(await isIn(second)).toBe(false);
    });

    it('a hint of another session, of the same person too', async () => {
      const { person, login } = await inside();
      const elsewhere = new Citizen(at.service);
      await elsewhere.logsIn(await at.asks(site, {}, elsewhere.browser), person.phone);
      const page = await elsewhere.browser.open(site.logoutUrl(login));
      expect([page.title, await isIn(elsewhere.browser)]).toEqual([CONFIRM, true]);
      const { browser: stranger } = await inside();
      expect((await stranger.open(site.logoutUrl(login))).title).toBe(CONFIRM);
      expect(await isIn(stranger)).toBe(true);
    });

    it('and nobody can press the button for them: its token is needed, and an old page offers the way', async () => {
      const { browser } = await inside();
      const page = await browser.open(`${origin}/oidc/logout`);
      const newer = await browser.open(`${origin}/oidc/logout`);
      for (const xsrf of ['', 'guess']) {
        const forged = await browser.post(`${origin}/oidc/logout/confirm`, { logout: 'yes', xsrf });
        expect([forged.status, await isIn(browser)]).toEqual([400, true]);
      }
      const late = await page.press('logout-confirm');
      expect(late.status).toBe(400);
      expect((await (await late.follow('onward')).press('logout-confirm')).title).toBe(OUT);
      expect((await newer.press('logout-confirm')).status).toBe(400);
    });

    it('the signed-out page is not shown to somebody who is signed in', async () => {
      const { browser } = await inside();
      expect((await browser.open(`${origin}/oidc/logout/success`)).title).toBe(CONFIRM);
    });
  });

  describe('what never redirects, and signs nobody out', () => {
    it('an address that is not registered, or altered', async () => {
      const { browser, login } = await inside();
      const uris = [
        'https://evil.example/',
        `${site.origin}/signed-out?foo=bar`,
        `${site.origin}/signed-out/`,
        'javascript:alert(1)',
      ];
      for (const uri of uris) {
        const page = await browser.open(site.logoutUrl(login, { post_logout_redirect_uri: uri }));
        expect([page.url.origin, page.status]).toEqual([origin, 400]);
      }
      const theirs = await browser.open(site.logoutUrl(undefined, { client_id: 'other' }));
      expect([theirs.url.origin, theirs.status]).toEqual([origin, 400]);
      expect(await isIn(browser)).toBe(true);
      const unnamed = await browser.open(`${origin}/oidc/logout?post_logout_redirect_uri=${site.origin}/signed-out`);
      expect(unnamed.title).toBe(CONFIRM);
      expect((await unnamed.press('logout-confirm')).title).toBe(OUT);
    });

    it('a hint by another key, without a signature, altered, of another site, or no token at all', async () => {
      const { browser, login } = await inside();
      const hint = login.tokens.id_token as string;
      const [header, payload, signature] = hint.split('.') as [string, string, string];
      const claims = jose.decodeJwt(hint);
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const resigned = await new jose.SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: jose.decodeProtectedHeader(hint).kid as string })
        .sign(privateKey);
      const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const forged = [
        resigned,
        `${encoded({ alg: 'none' })}.${payload}.`,
        `${header}.${encoded({ ...claims, aud: 'other' })}.${signature}`,
        'no.token.here',
        'x',
      ];
      for (const value of forged) {
        const page = await browser.open(site.logoutUrl(login, { id_token_hint: value }));
        expect([page.url.origin, page.status]).toEqual([origin, 400]);
      }
      const mixed = await browser.open(site.logoutUrl(login, { client_id: 'other' }));
      expect([mixed.url.origin, mixed.status]).toEqual([origin, 400]);
      expect(await isIn(browser)).toBe(true);
    });

    it('but every such page lets the person sign out all the same, a site that is gone included', async () => {
      const { browser, login } = await inside();
      const { app } = at.service;
      const others = [other.metadata(), at.sites.pairwise.metadata(PAIRWISE), at.sites.inward.metadata(INWARD)];
      await app.get(Engine).apply(others, 'cli');
      await app.get(Engine).refresh();
      const page = await browser.open(site.logoutUrl(login));
      expect([page.status, page.text.includes('invalid_client')]).toEqual([400, true]);
      const receipt = await (await page.follow('onward')).press('logout-confirm');
      expect(receipt.title).toBe(OUT);
      await app.get(Engine).apply([site.metadata(), ...others], 'cli');
      await app.get(Engine).refresh();
    });
  });

  describe('what the sites are told', () => {
    it('a receipt says which sites were told and which did not answer, and the token is signed anew and sent again', async () => {
      const { browser } = await inside();
      await at.asks(other, {}, browser);
      other.backChannelStatus = 500;
      const asked = await browser.open(`${origin}/oidc/logout`);
      const receipt = await asked.press('logout-confirm');
      other.backChannelStatus = 200;
      expect(receipt.all('#told li').map(({ text }) => text)).toEqual([site.name]);
      expect(receipt.all('#not-told li').map(({ text }) => text)).toEqual([other.name]);
      expect((await browser.open(receipt.url.href)).all('#told li')).toHaveLength(1);
      const told = other.logoutTokens.length;
      await advance(40);
      await other.told(told + 1);
    });

    it('no address inside is called on a site’s word: the guarded way out is the only one', async () => {
      const { browser } = await inside();
      await at.asks(at.sites.inward, {}, browser);
      const called = jest.spyOn(globalThis, 'fetch');
      const receipt = await (await browser.open(`${origin}/oidc/logout`)).press('logout-confirm');
      expect(receipt.all('#not-told li').map(({ text }) => text)).toEqual([at.sites.inward.name]);
      expect(called.mock.calls.map(([url]) => String(url)).join()).not.toContain('10.20.30.40');
      called.mockRestore();
    });

    it('three more tries in ten minutes, then no more', async () => {
      const { browser } = await inside();
      await at.asks(other, {}, browser);
      other.backChannelStatus = 500;
      const before = other.backChannelTries;
      await (await browser.open(`${origin}/oidc/logout`)).press('logout-confirm');
      const tries: number[] = [];
      for (const seconds of [0, 29, 2, 120, 420, 3600]) {
        await advance(seconds);
        tries.push(other.backChannelTries - before);
      }
      other.backChannelStatus = 200;
      expect(tries).toEqual([1, 1, 2, 3, 4, 4]);
    });

    it('signing out does not fail when what a site was not told cannot be kept for later', async () => {
      const { browser, login } = await inside();
      await at.asks(other, {}, browser);
      other.backChannelStatus = 500;
      const away = () =>
        jest.spyOn(at.service.app.get(Jobs), 'add').mockRejectedValueOnce(new Unavailable('postgresql'));
      away();
      const byHint = await browser.request('GET', site.logoutUrl(login));
      expect(byHint.headers.get('location')).toBe(`${site.origin}/signed-out`);
      const { browser: second } = await inside();
      await at.asks(other, {}, second);
      away();
      expect((await (await second.open(`${origin}/oidc/logout`)).press('logout-confirm')).title).toBe(OUT);
      other.backChannelStatus = 200;
      expect([await isIn(browser), await isIn(second)]).toEqual([false, false]);
    });

    it('a logout token as the specification wants it, with the session, for the site’s own subject and algorithm', async () => {
      const { pairwise } = at.sites;
      const { browser, login } = await inside();
      await at.asks(pairwise, {}, browser);
      const told = [site.logoutTokens.length, pairwise.logoutTokens.length] as const;
      await browser.open(site.logoutUrl(login));
      await site.told(told[0] + 1);
      await pairwise.told(told[1] + 1);
      const jwks = jose.createRemoteJWKSet(new URL(`${origin}/oidc/jwks`));
      for (const [who, { sub, sid }, alg] of [
        [site, login.claims, 'RS256'],
        [pairwise, pairwise.lastLogin.claims, 'ES256'],
      ] as const) {
        const options = { issuer: origin, audience: who.id, typ: 'logout+jwt', algorithms: [alg], maxTokenAge: 60 };
        const { payload } = await jose.jwtVerify(who.logoutTokens.at(-1) as string, jwks, options);
        expect(Object.keys(payload).toSorted()).toEqual(['aud', 'events', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub']);
        expect(payload).toMatchObject({ sub, sid });
        expect(payload['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
      }
      expect(pairwise.lastLogin.claims.sub).not.toBe(login.claims.sub);
    });

    it('a logout token is no hint that signs the next session out', async () => {
      const { person, browser, login } = await inside();
      const told = site.logoutTokens.length;
      await browser.open(site.logoutUrl(login));
      await site.told(told + 1);
      await person.logsIn(await at.asks(site, {}, browser));
      const page = await browser.open(site.logoutUrl(login, { id_token_hint: site.logoutTokens.at(-1) as string }));
      expect([page.title, await isIn(browser)]).toEqual([CONFIRM, true]);
    });
  });
});
