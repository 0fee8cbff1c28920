import type { Text } from '../../config/jurisdiction.js';
import type { Site } from './site.js';
import { siteOf } from './site-metadata.js';

/** The user centre is a site like any other, so that it shares the one session and its policy. */
export const OWN_SITE = 'tongxing-user-centre';

/** The path the user centre's own login comes back to; its code is never redeemed, the session is what it came for. */
export const OWN_RETURN = '/account/return';

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
