import { readFile } from 'node:fs/promises';
import { ClientJudge } from './client-rules.js';
import { ignoredMembers } from './ignored-members.js';
import { OWN_SITES } from './own-site.js';
import { faultsOf } from './site-faults.js';
import { siteOf } from './site-metadata.js';

const listed = (lines: readonly string[]): string => lines.map((line) => `\n  - ${line}`).join('');

/** Every fault of a sites file at once, each with the entry's index and the field's name; what is ignored may be why. */
export class SitesFault extends Error {
  constructor(
    readonly faults: readonly string[],
    ignored: readonly string[] = [],
  ) {
    super(`the sites file cannot be used:${listed([...faults, ...ignored])}`);
  }
}

/** Reads a sites file; a mark of byte order, as Windows writes it, does no harm. @throws {SitesFault} naming the file */
export async function readSites(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new SitesFault([`${file}: ${(cause as Error).message}`]);
  }
}

const idOf = (entry: unknown): unknown => (entry as { client_id?: unknown } | null)?.client_id;

function idFaults(id: unknown, index: number, ids: readonly unknown[]): string[] {
  return [
    ...(id !== undefined && ids.indexOf(id) < index ? [`client_id: ${String(id)} is there twice`] : []),
    ...(OWN_SITES.has(id) ? [`client_id: ${String(id)} is ${OWN_SITES.get(id)}'s own`] : []),
  ];
}

/** What is wrong with one entry by our rules, and by the engine's if it is sound by ours. */
export function entryFaults(entry: unknown, production: boolean, judge: ClientJudge): string[] {
  const ours = faultsOf(entry, production);
  if (ours.length > 0) return ours;
  const theirs = judge.faultOf(siteOf(entry as Record<string, unknown>).engine);
  return theirs === undefined ? [] : [theirs];
}

/**
 * Checks entries by our rules, and those that are sound by the engine's; needs no database and stores nothing.
 * @throws {SitesFault} with every fault
 */
export function checkedSites(
  entries: unknown,
  production: boolean,
  judge: ClientJudge = new ClientJudge(),
): Record<string, unknown>[] {
  if (!Array.isArray(entries)) throw new SitesFault(['a JSON array of client metadata expected']);
  const ids = entries.map(idOf);
  const faults = entries.flatMap((entry: unknown, index) => {
    const found = [...entryFaults(entry, production, judge), ...idFaults(ids[index], index, ids)];
    return found.map((fault) => `entry ${index}, ${fault}`);
  });
  if (faults.length > 0) throw new SitesFault(faults, ignoredMembers(entries, judge));
  return entries as Record<string, unknown>[];
}
