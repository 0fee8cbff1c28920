import type { Text } from '../../config/jurisdiction.js';
import { texts } from '../../locales/texts.js';
import type { Level } from '../../shared/account.js';
import { acr } from '../levels.js';
import type { Site } from './site.js';
import { siteOf } from './site-metadata.js';

/** The user centre is a site like any other, so that it shares the one session and its policy. */
export const OWN_SITE = 'tongxing-user-centre';

/** So is the console, which asks for more. */
export const CONSOLE_SITE = 'tongxing-console';

/** The paths their logins come back to; the code is never redeemed, the session is what it came for. */
export const OWN_RETURN = '/account/return';
export const CONSOLE_RETURN = '/console/return';

/** Whose the ids are that no sites file may use. */
export const OWN_SITES: ReadonlyMap<unknown, string> = new Map([
  [OWN_SITE, 'the user centre'],
  [CONSOLE_SITE, 'the console'],
]);

/** The registration of the user centre with its own provider. */
export const ownSite = (issuer: string, name: Text): Site =>
  siteOf({
    client_id: OWN_SITE,
    client_name: name['zh-CN'],
    'client_name#en': name.en,
    client_uri: `${issuer}/`,
    initiate_login_uri: `${issuer}/account`,
    redirect_uris: [`${issuer}${OWN_RETURN}`],
    post_logout_redirect_uris: [`${issuer}/`],
    token_endpoint_auth_method: 'none',
    permission_required: false,
  });

/** The registration of the console: for natural persons at the highest level they can have here. */
export const consoleSite = (issuer: string, level: Level): Site =>
  siteOf({
    client_id: CONSOLE_SITE,
    client_name: texts('zh-CN').console.name,
    'client_name#en': texts('en').console.name,
    client_uri: `${issuer}/`,
    initiate_login_uri: `${issuer}/console`,
    redirect_uris: [`${issuer}${CONSOLE_RETURN}`],
    post_logout_redirect_uris: [`${issuer}/`],
    token_endpoint_auth_method: 'none',
    permission_required: false,
    account_kinds: ['person'],
    required_acr: acr(level),
  });
