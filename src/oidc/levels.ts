import type { AccountKind, Amr, Level, LoginMethod } from '../shared/account.js';

const PREFIX = 'urn:tongxing:level:';

/** The values of `acr_values_supported`, lowest first (DESIGN 4). */
export const SUPPORTED_LEVELS: readonly Level[] = [0, 1, 2, 3];

/** The highest level a page of ours can raise an account of this kind to, where the province has these ways in. */
const REACHABLE: Record<AccountKind, (methods: readonly LoginMethod[]) => Level> = {
  person: (methods) => (methods.includes('alipay') ? 2 : 1),
  entity: (methods) => (methods.includes('certificate') ? 3 : 1),
};

/** `urn:tongxing:level:1` for 1. */
export const acr = (level: Level): string => `${PREFIX}${level}`;

/** The level an `acr` value names; `undefined` when it is none of ours. */
export function levelOf(value: unknown): Level | undefined {
  const found = ([0, 1, 2, 3] as const).find((level) => value === acr(level));
  return found;
}

const CERTIFIED: readonly string[] = ['hwk', 'swk'];

/** Whether a certificate was among the means. */
export const isCertified = (amr: readonly string[]): boolean => amr.some((means) => CERTIFIED.includes(means));

/** Whose level it is, as the account stands now. */
export interface LevelHolder {
  kind: AccountKind;
  level: Level;
}

const atMost = (level: Level, ceiling: Level): Level => Math.min(level, ceiling) as Level;

/** A login confirmed in the app says nothing more than the app's own login did: its `sms` stands beside these. */
const BY_APP: ReadonlySet<Amr> = new Set(['user', 'mca']);

/** Whether a session was opened by what proves a number, and no person. */
export function onlySms(amr: readonly Amr[]): boolean {
  const proofs = amr.filter((means) => !BY_APP.has(means));
  return proofs.length > 0 && proofs.every((means) => means === 'sms');
}

/**
 * The level a session of this account carries now: never more than the account holds, and never more than its means of
 * login bear out. An SMS code proves a number, not a person, so it carries level 1 at most; level 3 is a legal entity's
 * whose certificate has signed in this very session (DESIGN 4). A session made with one that counts no more does not stand.
 */
export function levelHeld({ kind, level }: LevelHolder, amr: readonly Amr[]): Level {
  if (kind === 'entity') return level > 0 && isCertified(amr) ? 3 : atMost(level, 1);
  return atMost(level, onlySms(amr) ? 1 : 2);
}

/** The `acr` of a session of this account: the pure function that authorize and refresh share. */
export const acrOf = (account: LevelHolder, amr: readonly Amr[]): string => acr(levelHeld(account, amr));

/** Levels compare "at least". */
export const satisfies = (have: Level, wanted: Level): boolean => have >= wanted;

/** Whether a page of ours can bring an account of this kind to that level. */
export const reachable = (kind: AccountKind, wanted: Level, methods: readonly LoginMethod[]): boolean =>
  wanted <= REACHABLE[kind](methods);

const lowest = (levels: readonly Level[]): Level | undefined =>
  levels.length > 0 ? (Math.min(...levels) as Level) : undefined;

const known = (values: readonly unknown[]): Level[] =>
  values.map(levelOf).filter((level): level is Level => level !== undefined);

/** What a site asks for: `must` has to be reached, `wish` is offered once. */
export interface WantedLevel {
  must?: Level;
  wish?: Level;
  /** The site wants an `acr` that is none of ours: nothing can be done about it. */
  impossible?: boolean;
}

interface AcrRequest {
  essential?: boolean;
  value?: unknown;
  values?: unknown;
}

const valuesOf = (request: AcrRequest | null | undefined): unknown[] => {
  if (Array.isArray(request?.values)) return request.values;
  return request?.value === undefined ? [] : [request.value];
};

/**
 * Reads the level a request asks for. The essential `acr` is read from the raw `claims` parameter, because the library
 * overwrites it when `acr_values` or a default is there. A list is met by any of its members, so its lowest counts.
 */
export function wantedLevel(
  params: { claims?: unknown; acr_values?: unknown },
  required: Level | undefined,
): WantedLevel {
  const claims = typeof params.claims === 'string' ? (JSON.parse(params.claims) as Record<string, never>) : {};
  const request = (claims['id_token'] as { acr?: AcrRequest | null } | undefined)?.acr;
  const asked = valuesOf(request);
  const essential = request?.essential === true ? lowest(known(asked)) : undefined;
  const wishes = typeof params.acr_values === 'string' ? params.acr_values.split(' ') : [];
  const musts = [essential, required].filter((level): level is Level => level !== undefined);
  return {
    must: musts.length > 0 ? (Math.max(...musts) as Level) : undefined,
    wish: lowest(known(request?.essential === true ? wishes : [...wishes, ...asked])),
    impossible: request?.essential === true && asked.length > 0 && essential === undefined,
  };
}
