import { levelOf } from '../levels.js';
import { KINDS } from './site-entry.js';
import type { SiteEntry } from './site-entry.js';
import type { Site } from './site.js';

/** Ours alone: never handed to the engine. */
const OURS = new Set([
  'client_name#en',
  'initiate_login_uri',
  'required_acr',
  'account_kinds',
  'app_link',
  'require_pkce',
  'permission_required',
  'rotate_refresh_token',
  'data_purpose',
  'data_purpose#en',
]);

const sectorOf = (entry: SiteEntry): string =>
  new URL(entry.sector_identifier_uri ?? (entry.redirect_uris[0] as string)).host;

/** Reads a sound entry. A missing `scope` means `openid`; each login gets its `sid` into the logout token. */
export function siteOf(raw: Record<string, unknown>): Site {
  const entry = raw as unknown as SiteEntry;
  const standard = Object.fromEntries(Object.entries(raw).filter(([member]) => !OURS.has(member)));
  const scope = [...new Set(['openid', ...(entry.scope ?? 'openid').split(' ')])];
  return {
    id: entry.client_id,
    name: { 'zh-CN': entry.client_name, en: entry['client_name#en'] ?? entry.client_name },
    uri: entry.client_uri,
    initiateLoginUri: entry.initiate_login_uri,
    scopes: scope,
    requiredLevel: levelOf(entry.required_acr),
    accountKinds: entry.account_kinds ?? KINDS,
    appLink: entry.app_link?.replace(/\/*$/, ''),
    requirePkce: entry.require_pkce ?? true,
    permissionRequired: entry.permission_required ?? true,
    dataPurpose: entry.data_purpose
      ? { 'zh-CN': entry.data_purpose, en: entry['data_purpose#en'] ?? entry.data_purpose }
      : undefined,
    rotateRefreshToken: entry.rotate_refresh_token ?? entry.token_endpoint_auth_method === 'none',
    subjectType: entry.subject_type ?? 'public',
    sector: sectorOf(entry),
    redirectUris: entry.redirect_uris,
    postLogoutRedirectUris: entry.post_logout_redirect_uris ?? [],
    backchannelLogoutUri: entry.backchannel_logout_uri,
    fapi:
      entry.require_pushed_authorization_requests === true && entry.token_endpoint_auth_method === 'private_key_jwt',
    engine: {
      ...standard,
      scope: scope.join(' '),
      ...(entry.backchannel_logout_uri ? { backchannel_logout_session_required: true } : {}),
    },
  };
}
