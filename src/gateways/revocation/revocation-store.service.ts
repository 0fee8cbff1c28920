import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { KeptBuckets } from './kept-buckets.js';
import { bucketOf, holds, placeOf } from './list-reading.js';
import type { ReadList } from './list-reading.js';

/** What a kept list says of a serial number. */
export interface KeptList {
  url: string;
  issuer: Buffer;
  issuerSpki: Buffer;
  nextUpdate: Date;
  revoked: boolean;
}

/** An address and the list that counts there now. */
export interface KeptSource {
  url: string;
  listId: string;
  issuer: Buffer;
  issuerSpki: Buffer;
  nextUpdate: Date;
  buckets: number;
}

/** Until when the fetching is ours; or another's; `over`: a newer list is there already, or the address rests. */
export type Lease = Date | 'theirs' | 'over';

interface Row {
  url: string;
  list_id: string;
  buckets: number;
  issuer: Buffer;
  issuer_spki: Buffer;
  next_update: Date;
  wanted_at: Date;
  serials: Buffer | null;
}

const LOOK = `
  select s.url, s.list_id, s.buckets, s.issuer, s.issuer_spki, s.next_update, s.wanted_at, r.serials
  from revocation_sources s
  left join revoked_serials r on r.list_id = s.list_id and r.bucket = ($2::bigint % s.buckets)::int
  where s.url = any($1) and s.list_id is not null`;
const LEASE = `
  insert into revocation_sources (url, buckets, entries, number, wanted_at, leased_until) values ($1, 1, 0, 0, $2, $3)
  on conflict (url) do update set leased_until = $3, failed = false
  where (revocation_sources.leased_until is null or revocation_sources.leased_until < $2)
    and revocation_sources.next_update is not distinct from $4
  returning url`;
const UNDER_WAY = `
  select 1 from revocation_sources
  where url = $1 and leased_until >= $2 and not failed and next_update is not distinct from $3`;
const SWITCH = `
  update revocation_sources set list_id = $2, issuer = $3, issuer_spki = $4, buckets = $5, entries = $6, number = $7,
    this_update = $8, next_update = $9, leased_until = null
  where url = $1 and (issuer_spki is null or issuer_spki <> $4 or number <= $7)
  returning url`;
const LEASE_MS = 90_000;
const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const ROWS_AT_ONCE = 50;

/** The tables of revocation lists. A look-up reads one row by its key, however long the list is. */
@Injectable()
export class RevocationStore {
  private readonly kept = new KeptBuckets();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * What the lists at these addresses say of a serial number. One statement, or none when all was read lately.
   * @param anew asks the database whatever was read
   */
  async look(urls: readonly string[], serial: Buffer, { anew = false } = {}): Promise<KeptList[]> {
    const place = placeOf(serial);
    const known = urls.map((url) => (anew ? undefined : this.kept.find(url, place, this.clock.ms())));
    const found = known.every((one) => one !== undefined) ? known : await this.read(urls, place);
    return found.map(({ source: { url, issuer, issuerSpki, nextUpdate }, serials }) => ({
      url,
      issuer,
      issuerSpki,
      nextUpdate,
      revoked: serials !== null && holds(serials, serial),
    }));
  }

  private async read(urls: readonly string[], place: number) {
    const asked = this.clock.ms();
    const { era } = this.kept;
    const rows = await this.db.query<Row>(LOOK, [urls, place]);
    const stale = rows.filter((row) => asked - row.wanted_at.getTime() > DAY_MS).map(({ url }) => url);
    if (stale.length > 0) {
      await this.db.query('update revocation_sources set wanted_at = $2 where url = any($1)', [
        stale,
        this.clock.now(),
      ]);
    }
    return rows.map((row) => {
      const { url, list_id: listId, issuer, issuer_spki: issuerSpki, next_update: nextUpdate, buckets, serials } = row;
      const source = { url, listId, issuer, issuerSpki, nextUpdate, buckets };
      if (era === this.kept.era) this.kept.add(source, place, serials, asked);
      return { source, serials };
    });
  }

  /** Of any number of processes one fetches. @param seen the end of the list that is to be replaced, if there is one */
  async lease(url: string, seen: Date | undefined): Promise<Lease> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    if ((await this.db.query(LEASE, [url, now, until, seen])).length === 1) return until;
    return (await this.db.query(UNDER_WAY, [url, now, seen])).length === 1 ? 'theirs' : 'over';
  }

  /** After a failure what is left of our lease is a rest: nobody asks there, and nobody waits for it. */
  async rest(url: string, leasedUntil: Date): Promise<void> {
    await this.db.query('update revocation_sources set failed = true where url = $1 and leased_until = $2', [
      url,
      leasedUntil,
    ]);
  }

  /** Puts the list in the place of the one before. @returns `false` when that one has a higher number */
  async keep(url: string, list: ReadList, issuerSpki: Buffer): Promise<boolean> {
    const id = randomUUID();
    const rows = Array.from(list.ends, (_end, at) => [at, bucketOf(list, at)] as const).filter(
      ([, serials]) => serials.length > 0,
    );
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await this.insert(id, rows.slice(at, at + ROWS_AT_ONCE));
    const done = await this.db.transaction(async (tx) => this.switchTo(tx, url, id, list, issuerSpki));
    this.kept.forget(url);
    if (!done) await this.db.query('delete from revoked_serials where list_id = $1', [id]);
    return done;
  }

  /** Wanted within a month, and at the end within an hour or a tenth of their time. */
  async endingSoon(): Promise<Omit<KeptSource, 'listId' | 'buckets'>[]> {
    const now = this.clock.now();
    const rows = await this.db.query<Row>(
      `select url, issuer, issuer_spki, next_update from revocation_sources
       where list_id is not null and wanted_at > $2
         and next_update - least((next_update - this_update) / 10, interval '1 hour') < $1`,
      [now, new Date(now.getTime() - MONTH_MS)],
    );
    return rows.map(({ url, issuer, issuer_spki: issuerSpki, next_update: nextUpdate }) => ({
      url,
      issuer,
      issuerSpki,
      nextUpdate,
    }));
  }

  /** What a process left behind that died while it wrote a list. */
  async tidy(): Promise<void> {
    await this.db.query(
      `delete from revoked_serials r where not exists (select 1 from revocation_sources s where s.list_id = r.list_id)
       and not exists (select 1 from revocation_sources s where s.leased_until > $1)`,
      [this.clock.now()],
    );
  }

  private async insert(id: string, rows: readonly (readonly [number, Buffer])[]): Promise<void> {
    const values = rows.map((_row, at) => `($1, $${2 * at + 2}, $${2 * at + 3})`).join();
    await this.db.query(`insert into revoked_serials (list_id, bucket, serials) values ${values}`, [
      id,
      ...rows.flat(),
    ]);
  }

  private async switchTo(tx: Tx, url: string, id: string, list: ReadList, issuerSpki: Buffer): Promise<boolean> {
    const [before] = (await tx.query('select list_id from revocation_sources where url = $1 for update', [url])) as {
      list_id: string | null;
    }[];
    const { issuer, ends, entries, number, thisUpdate, nextUpdate } = list;
    const [switched] = (await tx.query(SWITCH, [
      url,
      id,
      issuer,
      issuerSpki,
      ends.length,
      entries,
      String(number),
      thisUpdate,
      nextUpdate,
    ])) as [unknown[]];
    if (switched.length === 0) return false;
    if (before?.list_id) await tx.query('delete from revoked_serials where list_id = $1', [before.list_id]);
    return true;
  }
}
