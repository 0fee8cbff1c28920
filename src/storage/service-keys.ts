import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { KeyEntity } from './key.entity.js';
import { MasterKeys } from './master-keys.js';

/** What a blind index can be made of: each kind has a key of its own. */
export const BLIND_KINDS = [
  'phone',
  'resident-id',
  'user-name',
  'credit-code',
  'alipay',
  'certificate',
  'name',
  'address',
  'device',
  'code',
] as const;
export type BlindKind = (typeof BLIND_KINDS)[number];

const NAMES = [...BLIND_KINDS.map((kind) => `blind.${kind}`), 'pairwise', 'service'];
const bound = (name: string) => `key|${name}`;

/** Random keys made at first boot and never changed by a re-wrap; in memory once opened. */
@Injectable()
export class ServiceKeys {
  private readonly keys = new Map<string, Buffer>();

  constructor(
    private readonly source: DataSource,
    private readonly master: MasterKeys,
    private readonly clock: Clock,
  ) {}

  /** Makes what is missing, opens all. Of two processes at once, both end up with the keys of the first. */
  async load(): Promise<void> {
    const before = await this.source.manager.find(KeyEntity);
    const missing = NAMES.filter((name) => !before.some((key) => key.name === name));
    for (const name of missing) {
      await this.source.query(
        'insert into keys (name, wrapped, created_at) values ($1, $2, $3) on conflict do nothing',
        [name, this.master.wrap(randomBytes(32), bound(name)), this.clock.now()],
      );
    }
    const rows = missing.length > 0 ? await this.source.manager.find(KeyEntity) : before;
    for (const { name, wrapped } of rows) this.keys.set(name, this.master.unwrap(wrapped, bound(name)));
  }

  /** @throws {Error} before `load` */
  get(name: string): Buffer {
    const key = this.keys.get(name);
    if (!key) throw new Error(`no service key named ${name}`);
    return key;
  }

  /** Wraps every key by the newest master key. @returns how many were old */
  async rewrap(): Promise<number> {
    const old = (await this.source.manager.find(KeyEntity)).filter(({ wrapped }) => this.master.isOld(wrapped));
    for (const { name, wrapped } of old) {
      const again = this.master.wrap(this.master.unwrap(wrapped, bound(name)), bound(name));
      await this.source.query('update keys set wrapped = $2 where name = $1', [name, again]);
    }
    return old.length;
  }
}
