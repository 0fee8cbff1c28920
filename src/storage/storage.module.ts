/**
 * Storage: PostgreSQL (TypeORM) for what must never be lost, the short-lived store (Redis or in-process) for the rest,
 * field encryption, blind indexes, transactions, jobs (DESIGN 5).
 */
import { Global, Injectable, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '../config/env.js';
import { Clock } from '../shared/clock.js';
import { BlindIndex } from './blind-index.js';
import { dataSource } from './data-source.js';
import { FieldCipher } from './field-cipher.js';
import { Jobs } from './jobs.service.js';
import { MasterKeys } from './master-keys.js';
import { MemoryShortLived } from './memory.short-lived.js';
import { PairwiseKey } from './pairwise-key.js';
import { Records } from './records.js';
import { RedisShortLived } from './redis.short-lived.js';
import { Schema } from './schema.service.js';
import { ServiceCipher } from './service-cipher.js';
import { ServiceKeys } from './service-keys.js';
import { ShortLived } from './short-lived.js';
import { Database } from './transactions.js';

/** Connects, brings the schema in line and only then hands the database out: nobody sees it half prepared. */
async function connected(env: Env): Promise<DataSource> {
  if (!env.databaseUrl) throw new Error('DATABASE_URL is missing: npm run serve starts an embedded database');
  const source = await dataSource(env.databaseUrl).initialize();
  try {
    await new Schema(source, env).prepare();
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

async function keysOf(source: DataSource, master: MasterKeys, clock: Clock): Promise<ServiceKeys> {
  const keys = new ServiceKeys(source, master, clock);
  await keys.load();
  return keys;
}

/** Redis may be away at boot: `/readyz` says so, and requests are answered as soon as it is back. */
async function shortLived({ redisUrl }: Env): Promise<ShortLived> {
  if (!redisUrl) return new MemoryShortLived();
  const store = new RedisShortLived(redisUrl);
  await store.ready().catch(() => undefined);
  return store;
}

@Injectable()
class Closing implements OnApplicationShutdown {
  constructor(
    private readonly source: DataSource,
    private readonly store: ShortLived,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
    if (this.source.isInitialized) await this.source.destroy();
  }
}

const services = [BlindIndex, Database, FieldCipher, Jobs, MasterKeys, PairwiseKey, Records, Schema, ServiceCipher];

@Global()
@Module({
  providers: [
    ...services,
    Closing,
    { provide: DataSource, useFactory: connected, inject: [Env] },
    { provide: ServiceKeys, useFactory: keysOf, inject: [DataSource, MasterKeys, Clock] },
    { provide: ShortLived, useFactory: shortLived, inject: [Env] },
  ],
  exports: [...services, DataSource, ServiceKeys, ShortLived],
})
export class StorageModule {}
