import { plainToInstance } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  validateSync,
} from 'class-validator';
import type { AccountKind } from '../shared/account.js';
import { acr, levelOf } from './levels.js';
import { APP_SCOPE, SCOPES } from './scopes.js';
import type { Site } from './site.js';

const KINDS: readonly AccountKind[] = ['person', 'entity'];
const LEVELS = ([0, 1, 2, 3] as const).map(acr);
const ADDRESS = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
const WEAKEST_SECRET_BITS = 256;

/** One entry of `SITES_FILE`: what we read ourselves. Everything else is standard client metadata, judged by the engine. */
class SiteMetadata {
  @Matches(/^[A-Za-z0-9._~-]{1,64}$/, { message: '1 to 64 characters of A-Z a-z 0-9 . _ ~ - expected' })
  client_id!: string;

  @IsString({ message: 'the name of the site expected' })
  client_name!: string;

  @IsOptional()
  @IsString()
  'client_name#en'?: string;

  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  client_uri?: string;

  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  initiate_login_uri?: string;

  @IsArray({ message: 'a list of addresses expected' })
  @ArrayNotEmpty({ message: 'at least one address expected' })
  @IsUrl(ADDRESS, { each: true, message: 'absolute http(s) addresses expected' })
  redirect_uris!: string[];

  @IsOptional()
  @IsUrl(ADDRESS, { each: true, message: 'absolute http(s) addresses expected' })
  post_logout_redirect_uris?: string[];

  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  backchannel_logout_uri?: string;

  @IsOptional()
  @Matches(new RegExp(`^(${SCOPES.join('|')})( (${SCOPES.join('|')}))*$`), {
    message: `a list of scopes separated by one space expected, of: ${SCOPES.join(' ')}`,
  })
  scope?: string;

  @IsOptional()
  @IsIn(LEVELS, { message: `one of ${LEVELS.join(', ')} expected` })
  required_acr?: string;

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(KINDS, { each: true, message: `a list of ${KINDS.join(', ')} expected` })
  account_kinds?: AccountKind[];

  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  app_link?: string;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  require_pkce?: boolean;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  permission_required?: boolean;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  rotate_refresh_token?: boolean;

  @IsOptional()
  @IsString({ message: 'a sentence expected' })
  data_purpose?: string;

  @IsOptional()
  @IsString({ message: 'a sentence expected' })
  'data_purpose#en'?: string;

  @IsOptional()
  @IsIn(['public', 'pairwise'], { message: 'public or pairwise expected' })
  subject_type?: 'public' | 'pairwise';

  @IsOptional()
  @IsString()
  client_secret?: string;

  @IsOptional()
  @IsString()
  token_endpoint_auth_method?: string;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  require_pushed_authorization_requests?: boolean;

  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an https address expected' })
  sector_identifier_uri?: string;
}

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

const addressesOf = (entry: SiteMetadata): [field: string, address: string][] => [
  ...entry.redirect_uris.map((address): [string, string] => ['redirect_uris', address]),
  ...(entry.post_logout_redirect_uris ?? []).map((address): [string, string] => ['post_logout_redirect_uris', address]),
  ...(['client_uri', 'initiate_login_uri', 'backchannel_logout_uri', 'app_link'] as const).flatMap(
    (field): [string, string][] => (entry[field] === undefined ? [] : [[field, entry[field]]]),
  ),
];

function productionFaults(entry: SiteMetadata): string[] {
  const plain = addressesOf(entry)
    .filter(([, address]) => !address.startsWith('https://'))
    .map(([field]) => `${field}: an https address expected in production`);
  const bits = Buffer.byteLength(entry.client_secret ?? '') * 6;
  const weak = entry.client_secret !== undefined && bits < WEAKEST_SECRET_BITS;
  return [
    ...new Set(plain),
    ...(weak ? ['client_secret: at least 256 bits of randomness expected, that is 43 base64url characters'] : []),
    ...(entry.client_id.startsWith('demo-')
      ? ['client_id: names beginning with demo- exist in demonstrations only']
      : []),
  ];
}

/** A public client holds no secret: PKCE and rotation are all that it has (RFC 9700 2.1.1, 4.14.2). */
function publicFaults(entry: SiteMetadata): string[] {
  if (entry.token_endpoint_auth_method !== 'none') return [];
  return (['require_pkce', 'rotate_refresh_token'] as const)
    .filter((field) => entry[field] === false)
    .map((field) => `${field}: a public client cannot do without`);
}

/** A link that anybody may open leads to the government app alone. */
const appFaults = ({ app_link: link, scope }: SiteMetadata): string[] =>
  link === undefined || scope?.split(' ').includes(APP_SCOPE) ? [] : [`app_link: only with the scope ${APP_SCOPE}`];

const sectorOf = (entry: SiteMetadata): string =>
  new URL(entry.sector_identifier_uri ?? (entry.redirect_uris[0] as string)).host;

/** What is wrong with one entry, each fault as `field: what was expected`. */
export function faultsOf(raw: unknown, production: boolean): string[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return ['an object of client metadata expected'];
  const entry = plainToInstance(SiteMetadata, raw);
  const faults = validateSync(entry, { forbidUnknownValues: false }).map(
    (fault) => `${fault.property}: ${Object.values(fault.constraints ?? {}).join(', ')}`,
  );
  if (faults.length > 0) return faults;
  return [...publicFaults(entry), ...appFaults(entry), ...(production ? productionFaults(entry) : [])];
}

/** Reads a sound entry. A missing `scope` means `openid`; each login gets its `sid` into the logout token. */
export function siteOf(raw: Record<string, unknown>): Site {
  const entry = raw as unknown as SiteMetadata;
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
