import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { ServiceCipher } from './service-cipher.js';
import { ShortLived, storeKey } from './short-lived.js';

const SLACK_SECONDS = 30;
const hashed = (id: string) => createHash('sha256').update(id).digest('base64url');

/**
 * Our own short-lived records: JSON, sealed, under the hash of their id. Each carries its own expiry by `Clock`; the
 * store's time to live only cleans up.
 */
@Injectable()
export class Records {
  constructor(
    private readonly store: ShortLived,
    private readonly cipher: ServiceCipher,
    private readonly clock: Clock,
  ) {}

  async put(kind: string, id: string, value: object, seconds: number): Promise<void> {
    const until = this.clock.ms() + seconds * 1000;
    const text = this.cipher.seal(`record.${kind}`, hashed(id), JSON.stringify({ until, value })).toString('base64');
    await this.store.set(storeKey(kind, hashed(id)), text, seconds + SLACK_SECONDS);
  }

  /** @returns `undefined` when it is not there or has expired */
  async get<T>(kind: string, id: string): Promise<T | undefined> {
    return this.read<T>(kind, id, await this.store.get(storeKey(kind, hashed(id))));
  }

  /** Reads and deletes: of any number of takers, one gets it. */
  async take<T>(kind: string, id: string): Promise<T | undefined> {
    return this.read<T>(kind, id, await this.store.take(storeKey(kind, hashed(id))));
  }

  async drop(kind: string, id: string): Promise<void> {
    await this.store.delete(storeKey(kind, hashed(id)));
  }

  private read<T>(kind: string, id: string, text: string | undefined): T | undefined {
    if (text === undefined) return undefined;
    const plain = this.cipher.open(`record.${kind}`, hashed(id), Buffer.from(text, 'base64'));
    const { until, value } = JSON.parse(plain) as { until: number; value: T };
    return until > this.clock.ms() ? value : undefined;
  }
}
