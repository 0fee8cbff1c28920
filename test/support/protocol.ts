import * as client from 'openid-client';
import type { Browser, Page } from './browser.js';
import { Citizen, ZHANG_SAN } from './citizen.js';
import { startService } from './service.js';
import type { RunningService } from './service.js';
import { SITE_SECRET, TestSite, sitesFile } from './site.js';

type Metadata = Record<string, unknown>;

/** A service with sites of a test's own, and a verified person who is signed in at the first of them. */
export interface Protocol<Name extends string> {
  service: RunningService;
  sites: Record<Name, TestSite>;
  citizen: Citizen;
  /** The person's browser goes through an authorization request. */
  asks: (site: TestSite, more?: Record<string, string>, browser?: Browser) => Promise<Page>;
  /** A form to an endpoint, with or without the site's secret. */
  post: (path: string, body: Record<string, string>, site?: string) => Promise<Response>;
  /** A code of the person's session that is not redeemed yet, as the form that redeems it. */
  code: (site: TestSite, more?: Record<string, string>) => Promise<Record<string, string>>;
  userinfo: (accessToken: string) => Promise<Response>;
  close: () => Promise<void>;
}

export const basic = (id: string, secret = SITE_SECRET): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** @param entries by site id, what its registration adds to `TestSite.metadata` @param more of the environment */
export async function startProtocol<Name extends string>(
  entries: Record<Name, Metadata>,
  more: NodeJS.ProcessEnv = {},
): Promise<Protocol<Name>> {
  const ids = Object.keys(entries) as Name[];
  const started = await Promise.all(ids.map(async (id) => TestSite.start(id)));
  const sites = Object.fromEntries(started.map((site) => [site.id, site])) as Record<Name, TestSite>;
  const file = sitesFile(ids.map((id) => sites[id].metadata(entries[id])));
  const service = await startService('hubei', { SITES_FILE: file, ...more });
  const citizen = new Citizen(service);
  await citizen.hasAccount(await (started[0] as TestSite).loginUrl(service.origin), ZHANG_SAN);

  return {
    service,
    sites,
    citizen,
    asks: async (site, more = {}, browser = citizen.browser) => browser.open(await site.loginUrl(service.origin, more)),
    post: async (path, body, site) =>
      fetch(service.origin + path, {
        method: 'POST',
        body: new URLSearchParams(body),
        headers: site === undefined ? {} : { authorization: basic(site) },
      }),
    code: async (site, more = {}) => {
      const verifier = client.randomPKCECodeVerifier();
      const challenge = await client.calculatePKCECodeChallenge(verifier);
      const url = await site.loginUrl(service.origin, { code_challenge: challenge, ...more });
      const answer = await citizen.browser.request('GET', url);
      const code = new URL(answer.headers.get('location') as string).searchParams.get('code') as string;
      const redirectUri = `${site.origin}/callback`;
      return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
    },
    userinfo: async (accessToken) =>
      fetch(`${service.origin}/oidc/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } }),
    close: async () => {
      await service.close();
      await Promise.all(started.map(async (site) => site.close()));
    },
  };
}
