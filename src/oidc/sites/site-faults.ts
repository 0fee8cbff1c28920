import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { Refusal } from '../../shared/refusal.js';
import { APP_SCOPE } from '../scopes.js';
import { ADDRESS_WORDS, addressRefusal } from './site-address.js';
import { SiteEntry, longestOf } from './site-entry.js';

const WEAKEST_SECRET_BITS = 256;

/** Members that hold an address or a list of them. */
const ADDRESSES = [
  'redirect_uris',
  'post_logout_redirect_uris',
  'client_uri',
  'initiate_login_uri',
  'backchannel_logout_uri',
  'app_link',
  'jwks_uri',
  'logo_uri',
  'policy_uri',
  'tos_uri',
] as const;

const isPlain = (value: unknown): boolean => [value].flat().some((one) => String(one).startsWith('http://'));

function productionFaults(entry: SiteEntry): string[] {
  const secret = String(entry.client_secret ?? '');
  const weak = entry.client_secret !== undefined && Buffer.byteLength(secret) * 6 < WEAKEST_SECRET_BITS;
  return [
    ...ADDRESSES.filter((field) => isPlain(entry[field])).map(
      (field) => `${field}: an https address expected in production`,
    ),
    ...(weak ? ['client_secret: at least 256 bits of randomness expected, that is 43 base64url characters'] : []),
    ...(String(entry.client_id).startsWith('demo-')
      ? ['client_id: names beginning with demo- exist in demonstrations only']
      : []),
  ];
}

/** A public client holds no secret: PKCE and rotation are all that it has (RFC 9700 2.1.1, 4.14.2). */
function publicFaults(entry: SiteEntry): string[] {
  if (entry.token_endpoint_auth_method !== 'none') return [];
  return (['require_pkce', 'rotate_refresh_token'] as const)
    .filter((field) => entry[field] === false)
    .map((field) => `${field}: a public client cannot do without`);
}

/** A link that anybody may open leads to the government app alone. */
const appFaults = ({ app_link: link, scope }: SiteEntry): string[] =>
  link === undefined || String(scope).split(' ').includes(APP_SCOPE)
    ? []
    : [`app_link: only with the scope ${APP_SCOPE}`];

const entryOf = (raw: object): SiteEntry => plainToInstance(SiteEntry, raw);

/** The refusal of a member that breaks a rule of `SiteEntry`, by the name of that rule. */
function refusalOf({ property, value, constraints = {} }: ValidationError): Refusal {
  const rules = Object.keys(constraints);
  if (rules.includes('arrayNotEmpty')) return new Refusal('site.addresses-none', { field: property });
  if (rules.includes('shownText'))
    return new Refusal('site.text', { field: property, values: { longest: longestOf(property) } });
  const values = [value].flat();
  const faults = values.map((one) => addressRefusal(one, rules.includes('calledAddress')));
  const fault = rules.some((rule) => rule === 'address' || rule === 'calledAddress') && faults.find((one) => one);
  if (!fault) return new Refusal('site.choice', { field: property });
  const line: Record<string, number> = values.length > 1 ? { line: faults.indexOf(fault) + 1 } : {};
  return new Refusal(fault.code, { field: property, values: { ...fault.values, ...line } });
}

/** The same rules for a form: what is wrong with an entry, each refusal at its member. */
export function refusalsOf(raw: Record<string, unknown>, production: boolean): Refusal[] {
  const entry = entryOf(raw);
  const refusals = validateSync(entry, { forbidUnknownValues: false }).map(refusalOf);
  const plain = production ? ADDRESSES.filter((member) => isPlain(entry[member])) : [];
  return [...refusals, ...plain.map((field) => new Refusal('site.address-https', { field, values: ADDRESS_WORDS }))];
}

/** What is wrong with one entry, each fault as `field: what was expected`. */
export function faultsOf(raw: unknown, production: boolean): string[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return ['an object of client metadata expected'];
  const entry = entryOf(raw);
  const faults = validateSync(entry, { forbidUnknownValues: false }).map(
    (fault) => `${fault.property}: ${Object.values(fault.constraints ?? {}).join(', ')}`,
  );
  return [...faults, ...publicFaults(entry), ...appFaults(entry), ...(production ? productionFaults(entry) : [])];
}
