import type { ShortLived } from '../storage/short-lived.js';
import { grantMeans, grantStamp, grantsOf } from './adapter.js';
import { isCertified } from './levels.js';
import type { StoredSession } from './session-store.js';

interface Which {
  /** In `Clock` milliseconds: what is older ends. */
  before: number;
  /** Only what a certificate had a part in. */
  certified: boolean;
  ending: readonly StoredSession[];
  staying: readonly StoredSession[];
}

const grantIdsOf = (sessions: readonly StoredSession[]) =>
  new Set(sessions.flatMap(({ sites }) => Object.values(sites).map(({ grantId }) => grantId)));

/** Grants that end with an account's sessions, those that have outlived theirs too (`offline_access`). */
export async function grantsThatEnd(
  store: ShortLived,
  accountId: string,
  { before, certified, ending, staying }: Which,
): Promise<[site: string, grantId: string][]> {
  const [kept, theirs] = [grantIdsOf(staying), grantIdsOf(ending)];
  const grants = (await grantsOf(store, accountId)).filter(([, grantId]) => !kept.has(grantId));
  const isTheirs = async (grantId: string) =>
    !certified || theirs.has(grantId) || isCertified(await grantMeans(store, grantId));
  const ends = await Promise.all(
    grants.map(async ([, grantId]) => (await grantStamp(store, grantId)) < before && (await isTheirs(grantId))),
  );
  return grants.filter((_grant, at) => ends[at]);
}
