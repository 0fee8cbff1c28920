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

/** Clients for a portal that is being written on its developer's own machine, where its language's tools listen. */
export const DEMO_CLIENTS = [
  {
    id: 'demo-php',
    language: 'PHP',
    callback: 'http://localhost:8000/callback.php',
    signedOut: 'http://localhost:8000/index.php',
    backchannel: 'http://localhost:8000/backchannel-logout.php',
  },
  {
    id: 'demo-java',
    language: 'Java',
    callback: 'http://localhost:8080/login/oauth2/code/tongxing',
    signedOut: 'http://localhost:8080/',
    backchannel: 'http://localhost:8080/logout/connect/back-channel/tongxing',
  },
  {
    id: 'demo-node',
    language: 'Node',
    callback: 'http://localhost:8088/callback',
    signedOut: 'http://localhost:8088/signed-out',
    backchannel: 'http://localhost:8088/backchannel-logout',
  },
] as const;

/** Their registrations. The secret is everybody's: codes are sent to the developer's own machine and nowhere else. */
export const demoClients = (): Record<string, unknown>[] =>
  DEMO_CLIENTS.map(({ id, language, callback, signedOut, backchannel }) => ({
    client_id: id,
    client_secret: DEMO_SECRET,
    client_name: `开发中的站点（${language}）`,
    'client_name#en': `A site in the making (${language})`,
    redirect_uris: [callback],
    post_logout_redirect_uris: [signedOut],
    backchannel_logout_uri: backchannel,
    scope: 'openid profile phone real_name legal_entity offline_access',
    grant_types: ['authorization_code', 'refresh_token'],
    data_purpose: '开发和测试站点',
    'data_purpose#en': 'To develop and test a site',
  }));
