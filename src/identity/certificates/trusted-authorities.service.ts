import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Env } from '../../config/env.js';
import { Clock } from '../../shared/clock.js';
import type { Chain, TrustStore } from '../../shared/pki/path.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { AuthorityEntity } from './authority.entity.js';
import { authorityOf, faultsOfRecord } from './authority-record.js';
import type { TrustedAuthority } from './authority-record.js';

/** Every fault of an authorities file at once, each with the entry's index and the field's name. */
export class AuthoritiesFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the authorities file cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** The job of a commit by which an authority, or an anchor of one, is trusted no more: `{ authority }`. */
export const AUTHORITY_ENDED = 'certificates.authority-ended';
/** By then every process has learnt of it; who logged in at one that had not is ended too. */
const LEARNT_MS = 15_000;

/** Says, as `mark`, whether the table has changed since it was read. */
export const AUTHORITIES_MARK = `select 'authorities' as part,
  string_agg(id || '@' || extract(epoch from updated_at), ',' order by id) as mark from authorities`;

/** The certificate authorities that are trusted: rows of a table, parsed once, read anew when they change (R-6.4). */
@Injectable()
export class TrustedAuthorities implements OnApplicationBootstrap {
  private authorities: TrustedAuthority[] = [];
  private loadedAt?: string;
  private trusted: TrustStore = { anchors: [], intermediates: [] };

  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly env: Env,
  ) {}

  /** AUTHORITIES_FILE is upserted at boot. @throws {AuthoritiesFault} which stops it */
  async onApplicationBootstrap(): Promise<void> {
    if (this.env.authoritiesFile) await this.apply(this.check(await this.read(this.env.authoritiesFile)));
    await this.refresh();
  }

  all(): readonly TrustedAuthority[] {
    return this.authorities;
  }

  get(id: string): TrustedAuthority | undefined {
    return this.authorities.find((one) => one.id === id);
  }

  /** What chains may lead to. */
  get store(): TrustStore {
    return this.trusted;
  }

  /** Whose certificate this is: the authority that holds the chain's anchor. */
  ownerOf(chain: Chain): TrustedAuthority {
    const anchor = chain.at(-1);
    return this.authorities.find(({ anchors }) => anchors.some((one) => one === anchor)) as TrustedAuthority;
  }

  /** Checks entries without storing anything. @throws {AuthoritiesFault} with every fault */
  check(entries: unknown): Record<string, unknown>[] {
    if (!Array.isArray(entries)) throw new AuthoritiesFault(['a JSON array of authorities expected']);
    const ids = entries.map((entry: { id?: unknown } | null) => entry?.id);
    const faults = entries.flatMap((entry: unknown, index) => [
      ...faultsOfRecord(entry).map((fault) => `entry ${index}, ${fault}`),
      ...(ids.indexOf(ids[index]) < index ? [`entry ${index}, id: ${String(ids[index])} is there twice`] : []),
    ]);
    if (faults.length > 0) throw new AuthoritiesFault(faults);
    return entries as Record<string, unknown>[];
  }

  /** Stores checked entries; one that was disabled is trusted again. Others stay as they are. */
  async apply(entries: readonly Record<string, unknown>[]): Promise<void> {
    const updatedAt = this.clock.now();
    await this.db.transaction(async (tx) => {
      for (const record of entries) {
        const id = record['id'] as string;
        const kept = await tx.findOneBy(AuthorityEntity, { id, disabledAt: IsNull() });
        if (kept && losesAnchor(kept.record, record)) await this.ended(tx, id);
        if (kept && JSON.stringify(sorted(kept.record)) === JSON.stringify(sorted(record))) continue;
        await tx.upsert(AuthorityEntity, { id, record: record as object, disabledAt: null, updatedAt }, ['id']);
      }
    });
  }

  /** Trusts it no longer; what its certificates made ends. @returns whether it was trusted */
  async disable(tx: Tx, id: string): Promise<boolean> {
    const now = this.clock.now();
    const done = await tx.update(AuthorityEntity, { id, disabledAt: IsNull() }, { disabledAt: now, updatedAt: now });
    if (done.affected === 1) await this.ended(tx, id);
    return done.affected === 1;
  }

  /** Reads the table anew. @returns whether anything had changed */
  async refresh(): Promise<boolean> {
    const rows = await this.db.manager.find(AuthorityEntity, { where: { disabledAt: IsNull() }, order: { id: 'ASC' } });
    const state = rows.map((row) => `${row.id}@${row.updatedAt.getTime()}`).join();
    if (state === this.loadedAt) return false;
    this.authorities = rows.map(({ record }) => authorityOf(record));
    this.trusted = {
      anchors: this.authorities.flatMap(({ anchors }) => anchors),
      intermediates: this.authorities.flatMap(({ intermediates }) => intermediates),
    };
    this.loadedAt = state;
    return true;
  }

  /** The sessions are not ours to end: at once, and when no process trusts it any more. */
  private async ended(tx: Tx, authority: string): Promise<void> {
    const kind = AUTHORITY_ENDED;
    await this.jobs.add(tx, { kind, payload: { authority } });
    await this.jobs.add(tx, { kind, payload: { authority }, due: new Date(this.clock.ms() + LEARNT_MS) });
  }

  private async read(file: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(file, 'utf8'));
    } catch (cause) {
      throw new AuthoritiesFault([`${file}: ${(cause as Error).message}`]);
    }
  }
}

/** Whether certificates that led to an anchor may lead nowhere now. */
function losesAnchor(kept: Record<string, unknown>, next: Record<string, unknown>): boolean {
  const stays = new Set(authorityOf(next).anchors.map(({ thumbprint }) => thumbprint));
  return authorityOf(kept).anchors.some(({ thumbprint }) => !stays.has(thumbprint));
}

/** One order of keys at every depth: jsonb does not keep the one that was written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
