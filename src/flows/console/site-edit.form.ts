import { SCOPES_TO_ASK } from '../../oidc/sites/site-members.js';
import type { Metadata } from '../../oidc/sites/site-differences.js';
import type { FormMember } from '../../oidc/sites/site-members.js';
import { Refusal } from '../../shared/refusal.js';
import { Optional, Parsed } from '../../web/fields.js';

const LONGEST_LIST = 20_000;

const text = (raw: string): string | undefined => raw.trim() || undefined;

/** One a line. */
const lines = (raw: string): string[] =>
  raw
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const ticked = (raw: string): boolean => raw !== '';

/** @throws {Refusal} request.malformed (400): nobody types it */
function version(raw: string): number {
  if (!/^\d{1,9}$/.test(raw)) throw new Refusal('request.malformed', { status: 400 });
  return Number(raw);
}

/** The registration of a site as its people change it; whether it is sound is judged by the rules of a sites file. */
export class SiteEditForm {
  /** Of the registration that the form was filled from. */
  @Parsed(version)
  version!: number;

  @Parsed(text)
  clientName?: string;

  @Parsed(text)
  clientNameEn?: string;

  @Parsed(text)
  clientUri?: string;

  @Parsed(text)
  initiateLoginUri?: string;

  @Parsed(lines, LONGEST_LIST)
  redirectUris!: string[];

  @Parsed(lines, LONGEST_LIST)
  postLogoutRedirectUris!: string[];

  @Parsed(text)
  backchannelLogoutUri?: string;

  @Parsed(ticked)
  scopeProfile!: boolean;

  @Parsed(ticked)
  scopePhone!: boolean;

  @Parsed(ticked)
  scopeRealName!: boolean;

  @Parsed(ticked)
  scopeLegalEntity!: boolean;

  @Parsed(ticked)
  scopeOfflineAccess!: boolean;

  @Parsed(text)
  requiredAcr?: string;

  @Parsed(text)
  accountKinds?: string;

  @Parsed(text)
  dataPurpose?: string;

  @Parsed(text)
  dataPurposeEn?: string;

  @Optional()
  jwksUri?: string;
}

/** The name of a member's field: `client_name#en` is `clientNameEn`. */
export const fieldOf = (member: string): string =>
  member.replace('#', '_').replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());

/** The tick of a scope: `scopeRealName`. */
export const scopeField = (scope: string): string => fieldOf(`scope_${scope}`);

const words = (value: unknown): string[] =>
  String(value ?? '')
    .split(' ')
    .filter(Boolean);

const isToAsk = (scope: string): boolean => (SCOPES_TO_ASK as readonly string[]).includes(scope);

/** What the form asks for; scopes that are not on it stay. */
export function wantedOf(form: SiteEditForm, before: Metadata): Metadata {
  const kept = words(before['scope']).filter((scope) => !isToAsk(scope));
  const scopes = SCOPES_TO_ASK.filter((scope) => form[scopeField(scope) as 'scopePhone']);
  const wanted: Record<FormMember, unknown> = {
    client_name: form.clientName,
    'client_name#en': form.clientNameEn,
    client_uri: form.clientUri,
    initiate_login_uri: form.initiateLoginUri,
    redirect_uris: form.redirectUris,
    post_logout_redirect_uris: form.postLogoutRedirectUris,
    backchannel_logout_uri: form.backchannelLogoutUri,
    scope: [...new Set(['openid', ...kept, ...scopes])].join(' '),
    required_acr: form.requiredAcr,
    account_kinds: form.accountKinds === undefined ? undefined : [form.accountKinds],
    data_purpose: form.dataPurpose,
    'data_purpose#en': form.dataPurposeEn,
    jwks_uri: form.jwksUri === undefined ? before['jwks_uri'] : text(form.jwksUri),
  };
  return wanted;
}

const FIELDS: Partial<Record<FormMember, (value: unknown) => Record<string, string>>> = {
  redirect_uris: (value) => ({ redirectUris: ((value as string[] | undefined) ?? []).join('\n') }),
  post_logout_redirect_uris: (value) => ({
    postLogoutRedirectUris: ((value as string[] | undefined) ?? []).join('\n'),
  }),
  account_kinds: (value) => {
    const kinds = (value as string[] | undefined) ?? [];
    return { accountKinds: kinds.length === 1 ? (kinds[0] as string) : '' };
  },
  scope: (value) =>
    Object.fromEntries(SCOPES_TO_ASK.map((scope) => [scopeField(scope), words(value).includes(scope) ? 'yes' : ''])),
};

/** A member's value as its fields show it. */
export const fieldsOf = (member: string, value: unknown): Record<string, string> =>
  FIELDS[member as FormMember]?.(value) ?? { [fieldOf(member)]: String(value ?? '') };
