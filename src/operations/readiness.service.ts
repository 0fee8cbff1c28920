import { Injectable } from '@nestjs/common';
import { ShortLived } from '../storage/short-lived.js';
import { Database } from '../storage/transactions.js';

export interface Report {
  ready: boolean;
  dependencies: Record<'postgresql' | 'redis', { up: boolean; note?: string }>;
}

const TIMEOUT_MS = 2000;

async function probe(work: Promise<string | undefined>): Promise<{ up: boolean; note?: string }> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('late')), TIMEOUT_MS).unref();
  });
  try {
    const note = await Promise.race([work, late]);
    return { up: note === undefined, note };
  } catch {
    return { up: false };
  }
}

/** What the service depends on, each by name. */
@Injectable()
export class Readiness {
  constructor(
    private readonly db: Database,
    private readonly store: ShortLived,
  ) {}

  async report(): Promise<Report> {
    const [postgresql, redis] = await Promise.all([
      probe(this.db.query('select 1').then(() => undefined)),
      probe(this.store.ping()),
    ]);
    return { ready: postgresql.up && redis.up, dependencies: { postgresql, redis } };
  }
}
