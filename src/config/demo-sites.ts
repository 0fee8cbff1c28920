import type { Jurisdiction, Text } from './jurisdiction.js';

/** Known to everybody: `demo-` sites exist in demonstrations only. */
export const DEMO_SECRET = 'demo-only-not-a-secret-demo-only-not-a-secret';

export interface DemoSite {
  id: string;
  port: number;
  origin: string;
  name: Text;
}

/** The two demonstration sites: the provincial one and a city, on the two ports above the service's. */
export function demoSitesOf(jurisdiction: Jurisdiction, servicePort: number): DemoSite[] {
  const nameOf = new Map(jurisdiction.portalSites.map(({ code, name }) => [code, name]));
  return jurisdiction.demoSites.map(({ id, code }, index) => ({
    id: `demo-${id}`,
    port: servicePort + 1 + index,
    origin: `http://localhost:${servicePort + 1 + index}`,
    name: nameOf.get(code) as Text,
  }));
}

/** Where the demonstration's stand-in for the government app is: its pages, and the address of its return from a login. */
export const DEMO_APP = { id: 'demo-app', path: '/sandbox/app', callback: '/sandbox/app/callback' };

/** Its registration: a public client like an app on a phone. */
export const demoApp = (jurisdiction: Jurisdiction, issuer: string): Record<string, unknown> => ({
  client_id: DEMO_APP.id,
  client_name: `${jurisdiction.portalName['zh-CN']}手机应用`,
  'client_name#en': `${jurisdiction.portalName.en} app`,
  client_uri: `${issuer}${DEMO_APP.path}`,
  redirect_uris: [`${issuer}${DEMO_APP.callback}`],
  app_link: `${issuer}${DEMO_APP.path}/t`,
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile app',
});

/** Their registrations, as entries of `SITES_FILE` would be. */
export const demoSites = (jurisdiction: Jurisdiction, servicePort: number): Record<string, unknown>[] =>
  demoSitesOf(jurisdiction, servicePort).map(({ id, origin, name }) => ({
    client_id: id,
    client_secret: DEMO_SECRET,
    client_name: name['zh-CN'],
    'client_name#en': name.en,
    client_uri: `${origin}/`,
    initiate_login_uri: `${origin}/login`,
    redirect_uris: [`${origin}/callback`],
    post_logout_redirect_uris: [`${origin}/signed-out`],
    backchannel_logout_uri: `${origin}/backchannel-logout`,
    scope: 'openid profile phone real_name legal_entity offline_access',
    grant_types: ['authorization_code', 'refresh_token'],
    data_purpose: '办理您申请的事项时填写申请人信息',
    'data_purpose#en': 'To fill in the applicant of the business you apply for',
  }));
