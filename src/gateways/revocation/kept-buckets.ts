import type { KeptSource } from './revocation-store.service.js';

/** So long another process's newer list may go unnoticed here: as with sites, keys and authorities. */
const NOTICED_WITHIN_MS = 5000;
/** Of some 5 kB each. */
const MOST_BUCKETS = 2000;

interface Kept {
  source: KeptSource;
  readAt: number;
  buckets: Map<number, Buffer | null>;
}

/** What was read of the lists lately, so that a login asks the database for none of it. A bucket of a list never changes. */
export class KeptBuckets {
  private readonly lists = new Map<string, Kept>();
  private count = 0;
  /** Grows when a list is put in another's place: what was read before that is not kept. */
  era = 0;

  /** @param place of the serial number @returns `undefined` when the database must be asked */
  find(url: string, place: number, now: number): { source: KeptSource; serials: Buffer | null } | undefined {
    const kept = this.lists.get(url);
    if (!kept || now - kept.readAt > NOTICED_WITHIN_MS || now < kept.readAt) return undefined;
    const serials = kept.buckets.get(place % kept.source.buckets);
    return serials === undefined ? undefined : { source: kept.source, serials };
  }

  add(source: KeptSource, place: number, serials: Buffer | null, now: number): void {
    if (this.count >= MOST_BUCKETS) this.clear();
    const before = this.lists.get(source.url);
    const buckets = before?.source.listId === source.listId ? before.buckets : new Map<number, Buffer | null>();
    if (before && buckets !== before.buckets) this.count -= before.buckets.size;
    const at = place % source.buckets;
    if (!buckets.has(at)) this.count += 1;
    buckets.set(at, serials);
    this.lists.set(source.url, { source, readAt: now, buckets });
  }

  forget(url: string): void {
    this.era += 1;
    this.count -= this.lists.get(url)?.buckets.size ?? 0;
    this.lists.delete(url);
  }

  private clear(): void {
    this.lists.clear();
    this.count = 0;
  }
}
