/** A site's client metadata, without its secret. */
export type Metadata = Record<string, unknown>;

/** What a member was, and what it becomes; a side that is not there is left out. */
export interface FieldChange {
  from?: unknown;
  to?: unknown;
}

export type ChangedFields = Record<string, FieldChange>;

/** Told apart by what they say, not by the order of members: a database keeps its own. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, one]) => [name, canonical(one)]));
}

export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));

/** What is not the same in both, by member. */
export function differences(before: Metadata, after: Metadata): ChangedFields {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    members
      .filter((member) => !isSame(before[member], after[member]))
      .map((member) => [member, { from: before[member], to: after[member] }]),
  );
}

/** The metadata with each member as the change leaves it. */
export function changed(before: Metadata, fields: ChangedFields): Metadata {
  const after = { ...before, ...Object.fromEntries(Object.entries(fields).map(([member, { to }]) => [member, to])) };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined && value !== null));
}

/** Several changes one after the other, as one. */
export function together(changes: readonly ChangedFields[]): ChangedFields {
  const all: ChangedFields = {};
  for (const [member, { from, to }] of changes.flatMap((one) => Object.entries(one))) {
    all[member] = { from: member in all ? all[member]?.from : from, to };
  }
  return all;
}
