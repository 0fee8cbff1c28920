import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { ServiceCipher } from './service-cipher.js';
import { ShortLived, storeKey } from './short-lived.js';

const SLACK_SECONDS = 30;
const hashed = (id: string) => createHash('sha256').update(id).digest('base64url');

/** A record as it was read. */
export interface Held<T> {
  value: T;
  /** Writes what comes next, unless somebody else has stepped on meanwhile. @returns whether it was written */
  step: (next: T, seconds: number) => Promise<boolean>;
}

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
    await this.store.set(storeKey(kind, hashed(id)), this.sealed(kind, id, value, seconds), seconds + SLACK_SECONDS);
  }

  /** @returns `undefined` when it is not there or has expired */
  async get<T>(kind: string, id: string): Promise<T | undefined> {
    return this.read<T>(kind, id, await this.store.get(storeKey(kind, hashed(id))));
  }

  /** Reads it to step on from what it is now: of any number of steps from one state, one is taken. */
  async held<T extends object>(kind: string, id: string): Promise<Held<T> | undefined> {
    const key = storeKey(kind, hashed(id));
    const text = await this.store.get(key);
    const value = this.read<T>(kind, id, text);
    if (text === undefined || value === undefined) return undefined;
    const step = async (next: T, seconds: number) =>
      this.store.replaceIf(key, text, this.sealed(kind, id, next, seconds), seconds + SLACK_SECONDS);
    return { value, step };
  }

  /** Reads and deletes: of any number of takers, one gets it. */
  async take<T>(kind: string, id: string): Promise<T | undefined> {
    return this.read<T>(kind, id, await this.store.take(storeKey(kind, hashed(id))));
  }

  async drop(kind: string, id: string): Promise<void> {
    await this.store.delete(storeKey(kind, hashed(id)));
  }

  private sealed(kind: string, id: string, value: object, seconds: number): string {
    const until = this.clock.ms() + seconds * 1000;
    return this.cipher.seal(`record.${kind}`, hashed(id), JSON.stringify({ until, value })).toString('base64');
  }

  private read<T>(kind: string, id: string, text: string | undefined): T | undefined {
    if (text === undefined) return undefined;
    const plain = this.cipher.open(`record.${kind}`, hashed(id), Buffer.from(text, 'base64'));
    const { until, value } = JSON.parse(plain) as { until: number; value: T };
    return until > this.clock.ms() ? value : undefined;
  }
}
