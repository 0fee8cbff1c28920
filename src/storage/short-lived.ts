/** A key of the short-lived store: `tx1:<kind>:<id>`. No phone, ID number or name may be in it (DESIGN 5). */
export const storeKey = (kind: string, id: string): string => `tx1:${kind}:${id}`;

/**
 * The short-lived store: sessions, codes, tokens, counters. Losing it costs a login, never an account. Each operation
 * touches one key (Cluster) and is atomic; times to live are real seconds and only clean up.
 * Every method throws `Unavailable` when the store is away.
 */
export abstract class ShortLived {
  abstract set(key: string, value: string, ttl: number): Promise<void>;
  abstract get(key: string): Promise<string | undefined>;
  /** Whether there is anything under the key, whatever its type. */
  abstract has(key: string): Promise<boolean>;
  /** Reads and deletes: of any number of takers, one gets the value. */
  abstract take(key: string): Promise<string | undefined>;
  abstract delete(key: string): Promise<void>;
  /** Sets the key if it is absent. @returns whether it was */
  abstract once(key: string, ttl: number, value?: string): Promise<boolean>;
  /** Adds to a counter that begins at 0 and whose life begins with the first call. @returns the new count */
  abstract increment(key: string, ttl: number, by?: number): Promise<number>;
  /** @param options.ifExists writes nothing when the hash is gone @returns whether it was written */
  abstract setFields(
    key: string,
    fields: Readonly<Record<string, string>>,
    ttl: number,
    options?: { ifExists?: boolean },
  ): Promise<boolean>;
  /** @param names all fields unless given @returns `undefined` when none of them is there */
  abstract getFields(key: string, names?: readonly string[]): Promise<Record<string, string> | undefined>;
  /**
   * Sets a field that is absent, of a hash that is there.
   * @returns what the field holds then: of any number of callers, all get the first one's; `undefined` without the hash
   */
  abstract fieldOnce(key: string, name: string, value: string): Promise<string | undefined>;
  abstract deleteFields(key: string, names: readonly string[]): Promise<void>;
  abstract addMember(key: string, member: string, ttl: number): Promise<void>;
  abstract members(key: string): Promise<string[]>;
  abstract removeMember(key: string, member: string): Promise<void>;
  /** Replaces the value if it is the expected one: one step of a state machine. @returns whether it was */
  abstract replaceIf(key: string, expected: string, next: string, ttl: number): Promise<boolean>;
  /** @returns what an operator should know, e.g. an eviction policy that loses sessions */
  abstract ping(): Promise<string | undefined>;
  abstract close(): Promise<void>;
}
