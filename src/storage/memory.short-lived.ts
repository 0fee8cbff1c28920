import { ShortLived } from './short-lived.js';

type Value = string | Map<string, string> | Set<string>;

const MOST_ENTRIES = 500_000;
const SWEEP_MS = 30_000;

const wrongType = (): never => {
  throw new Error('the key holds another type of value');
};

/** The short-lived store inside one process: demonstrations and tests. Bounded; what is oldest goes first. */
export class MemoryShortLived extends ShortLived {
  private readonly entries = new Map<string, { value: Value; until: number }>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(private readonly most = MOST_ENTRIES) {
    super();
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.sweeper.unref();
  }

  async set(key: string, value: string, ttl: number): Promise<void> {
    this.put(key, value, ttl);
  }

  async get(key: string): Promise<string | undefined> {
    return this.text(key);
  }

  async has(key: string): Promise<boolean> {
    return this.live(key) !== undefined;
  }

  async take(key: string): Promise<string | undefined> {
    const value = this.text(key);
    this.entries.delete(key);
    return value;
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async once(key: string, ttl: number, value = '1'): Promise<boolean> {
    if (this.live(key) !== undefined) return false;
    this.put(key, value, ttl);
    return true;
  }

  async increment(key: string, ttl: number, by = 1): Promise<number> {
    const count = Number(this.text(key) ?? 0) + by;
    const entry = this.entries.get(key);
    if (entry) {
      entry.value = String(count);
      return count;
    }
    this.put(key, String(count), ttl);
    return count;
  }

  async setFields(
    key: string,
    fields: Readonly<Record<string, string>>,
    ttl: number,
    options: { ifExists?: boolean } = {},
  ): Promise<boolean> {
    const hash = this.hash(key);
    if (!hash && options.ifExists) return false;
    const written = hash ?? new Map<string, string>();
    for (const [name, value] of Object.entries(fields)) written.set(name, value);
    this.put(key, written, ttl);
    return true;
  }

  async getFields(key: string, names?: readonly string[]): Promise<Record<string, string> | undefined> {
    const hash = this.hash(key);
    const found = [...(hash ?? [])].filter(([name]) => !names || names.includes(name));
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  }

  async fieldOnce(key: string, name: string, value: string): Promise<string | undefined> {
    const hash = this.hash(key);
    if (hash && !hash.has(name)) hash.set(name, value);
    return hash?.get(name);
  }

  async deleteFields(key: string, names: readonly string[]): Promise<void> {
    const hash = this.hash(key);
    for (const name of names) hash?.delete(name);
    if (hash?.size === 0) this.entries.delete(key);
  }

  async addMember(key: string, member: string, ttl: number): Promise<void> {
    const set = this.membersOf(key) ?? new Set<string>();
    const longest = Math.max(ttl, ((this.entries.get(key)?.until ?? 0) - Date.now()) / 1000);
    this.put(key, set.add(member), longest);
  }

  async members(key: string): Promise<string[]> {
    return [...(this.membersOf(key) ?? [])];
  }

  async removeMember(key: string, member: string): Promise<void> {
    const set = this.membersOf(key);
    set?.delete(member);
    if (set?.size === 0) this.entries.delete(key);
  }

  async replaceIf(key: string, expected: string, next: string, ttl: number): Promise<boolean> {
    if (this.text(key) !== expected) return false;
    this.put(key, next, ttl);
    return true;
  }

  async ping(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper);
    this.entries.clear();
  }

  /** Everything there is, for a test that looks for plain personal data. */
  dump(): string {
    return [...this.entries]
      .map(([key, { value }]) => `${key} ${typeof value === 'string' ? value : JSON.stringify([...value])}`)
      .join('\n');
  }

  private live(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (entry.until > Date.now()) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  private text(key: string): string | undefined {
    const value = this.live(key);
    return value === undefined || typeof value === 'string' ? value : wrongType();
  }

  private hash(key: string): Map<string, string> | undefined {
    const value = this.live(key);
    return value === undefined || value instanceof Map ? value : wrongType();
  }

  private membersOf(key: string): Set<string> | undefined {
    const value = this.live(key);
    return value === undefined || value instanceof Set ? value : wrongType();
  }

  private put(key: string, value: Value, ttl: number): void {
    this.entries.delete(key);
    if (this.entries.size >= this.most) this.entries.delete(this.entries.keys().next().value as string);
    this.entries.set(key, { value, until: Date.now() + ttl * 1000 });
  }

  private sweep(): void {
    const now = Date.now();
    for (const [key, { until }] of this.entries) if (until <= now) this.entries.delete(key);
  }
}
