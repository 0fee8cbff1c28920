import type { AccountKind, Level } from '../shared/account.js';
import type { Site } from './sites/site.js';

/** Claims by scope. No claim name belongs to two scopes: the engine filters by name, so shared ones would leak. */
export const CLAIMS_OF = {
  profile: ['name', 'updated_at'],
  phone: ['phone_number', 'phone_number_verified'],
  real_name: ['real_name', 'id_number', 'minor', 'level', 'verified_at', 'verified_by'],
  legal_entity: ['entity_name', 'credit_code', 'entity_type', 'representative_name', 'entity_level'],
} as const satisfies Record<string, readonly string[]>;

export type DataScope = keyof typeof CLAIMS_OF;

/** What every ID token carries. */
export const ID_TOKEN_CLAIMS = ['sub', 'acr', 'amr', 'auth_time', 'sid', 'account_kind'] as const;

/** What lets the government app confirm logins on other screens. */
export const APP_SCOPE = 'app';

export const SCOPES = ['openid', 'offline_access', ...Object.keys(CLAIMS_OF), APP_SCOPE];

/** What leaves only with the person's permission. */
const BY_PERMISSION = ['phone', 'real_name', 'legal_entity', 'offline_access'] as const;

type PersonalScope = Extract<(typeof BY_PERMISSION)[number], DataScope>;

/** A claim that is personal: whatever site it leaves for, it leaves a line in the person's ledger. */
export type PersonalClaim = Exclude<(typeof CLAIMS_OF)[PersonalScope][number], 'phone_number_verified'>;

const LEVEL_FOR: Record<string, Level> = { real_name: 1, legal_entity: 1 };

/** Of what is about one kind of account only. */
const KIND_FOR: Record<string, AccountKind> = {
  phone: 'person',
  real_name: 'person',
  legal_entity: 'entity',
  [APP_SCOPE]: 'person',
};

/** Whom something is released of. */
interface Holder {
  kind: AccountKind;
  level: Level;
}

const has = ({ kind, level }: Holder, scope: string): boolean =>
  (LEVEL_FOR[scope] ?? 0) <= level && (KIND_FOR[scope] ?? kind) === kind;

const scopeOfClaim = new Map(
  Object.entries(CLAIMS_OF).flatMap(([scope, claims]) => claims.map((claim) => [claim as string, scope] as const)),
);

const userinfoClaims = (claims: unknown): string[] => {
  if (typeof claims !== 'string') return [];
  const { userinfo } = JSON.parse(claims) as { userinfo?: Record<string, unknown> };
  return Object.keys(userinfo ?? {});
};

/** Scopes a request asks for; a requested claim counts as a request for its scope. */
export function requestedScopes(params: { scope?: unknown; claims?: unknown }): Set<string> {
  const named = typeof params.scope === 'string' ? params.scope.split(' ') : [];
  const claimed = userinfoClaims(params.claims).flatMap((claim) => scopeOfClaim.get(claim) ?? []);
  return new Set([...named, ...claimed]);
}

/** Whether this scope leaves for this site only with the person's permission. */
export const needsPermission = (site: Site, scope: string): boolean =>
  site.permissionRequired && (BY_PERMISSION as readonly string[]).includes(scope);

/** registered ∩ permitted ∩ kind ∩ level: what may leave for this site. */
export function releasable(site: Site, permitted: readonly string[], holder: Holder): string[] {
  return site.scopes.filter(
    (scope) => has(holder, scope) && (!needsPermission(site, scope) || permitted.includes(scope)),
  );
}

/** Scopes of this request that the person has not permitted yet, and that there is something to give for. */
export function toBePermitted(
  site: Site,
  requested: ReadonlySet<string>,
  permitted: readonly string[],
  holder: Holder,
): string[] {
  return site.scopes.filter(
    (scope) => requested.has(scope) && needsPermission(site, scope) && !permitted.includes(scope) && has(holder, scope),
  );
}

/** The claim names of these scopes. */
export const claimsOfScopes = (scopes: readonly string[]): string[] =>
  scopes.flatMap((scope) => (CLAIMS_OF as Record<string, readonly string[]>)[scope] ?? []);

const PERSONAL = new Set(claimsOfScopes(BY_PERMISSION).filter((claim) => claim !== 'phone_number_verified'));

/** Those of the claims that are personal. */
export const personalOf = (claims: readonly string[]): PersonalClaim[] =>
  claims.filter((claim): claim is PersonalClaim => PERSONAL.has(claim));
