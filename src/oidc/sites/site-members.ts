import { KINDS } from './site-entry.js';
import { isSame } from './site-differences.js';
import type { ChangedFields, FieldChange, Metadata } from './site-differences.js';

/**
 * What the console's form changes of a site. The rest (who its people are to it: `subject_type`, `permission_required`;
 * how it proves itself: `token_endpoint_auth_method`, `require_pkce` …) is the operator's, by the sites file.
 */
export const FORM_MEMBERS = [
  'client_name',
  'client_name#en',
  'client_uri',
  'initiate_login_uri',
  'redirect_uris',
  'post_logout_redirect_uris',
  'backchannel_logout_uri',
  'scope',
  'required_acr',
  'account_kinds',
  'data_purpose',
  'data_purpose#en',
  'jwks_uri',
] as const;
export type FormMember = (typeof FORM_MEMBERS)[number];

type Rule = (change: FieldChange, before: Metadata) => boolean;

const always: Rule = () => true;
const never: Rule = () => false;

const originsOf = (addresses: unknown): string[] =>
  [addresses ?? []].flat().map((address) => new URL(address as string).origin);

/** People are sent there from our pages: it waits where the site has not been registered to receive them. */
const elsewhere: Rule = ({ to }, { redirect_uris: known }) => {
  const origins = originsOf(known);
  return originsOf(to).some((origin) => !origins.includes(origin));
};

/**
 * Which changes wait for an operator when a site's developer makes them: whatever decides where people and their codes are
 * sent, which data it may have, what people are told it is for, whom it lets in, and whose signature is the site's.
 */
const WAITS: Record<FormMember, Rule> = {
  client_name: never,
  'client_name#en': never,
  backchannel_logout_uri: never,
  client_uri: elsewhere,
  initiate_login_uri: elsewhere,
  post_logout_redirect_uris: elsewhere,
  redirect_uris: always,
  scope: always,
  required_acr: always,
  account_kinds: always,
  data_purpose: always,
  'data_purpose#en': always,
  jwks_uri: always,
};

/** Parts a developer's change: what counts at once, and what waits for an operator. */
export function parted(fields: ChangedFields, before: Metadata): { now: ChangedFields; later: ChangedFields } {
  const all = Object.entries(fields);
  const waits = ([member, change]: [string, FieldChange]) => WAITS[member as FormMember](change, before);
  return {
    now: Object.fromEntries(all.filter((one) => !waits(one))),
    later: Object.fromEntries(all.filter(waits)),
  };
}

const words = (value: unknown): string[] =>
  String(value ?? '')
    .split(' ')
    .filter(Boolean);

/** What a value means where it can be written in several ways. */
const MEANING: Partial<Record<FormMember, (value: unknown) => unknown>> = {
  scope: (value) => [...new Set(['openid', ...words(value)])].toSorted(),
  account_kinds: (value) => [...((value as string[] | undefined) ?? KINDS)].toSorted(),
  post_logout_redirect_uris: (value) => value ?? [],
};

/** What a form asks for, written as it stands wherever it means the same. */
export function asked(before: Metadata, wanted: Metadata): Metadata {
  const after = { ...before };
  for (const member of FORM_MEMBERS) {
    const meaning = MEANING[member] ?? ((value: unknown) => value);
    if (!isSame(meaning(before[member]), meaning(wanted[member]))) after[member] = wanted[member];
  }
  return after;
}

/** Scopes that a site's people ask for; what lets an app confirm logins is the operator's to give, by the sites file. */
export const SCOPES_TO_ASK = ['profile', 'phone', 'real_name', 'legal_entity', 'offline_access'] as const;
