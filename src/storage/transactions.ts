import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';

/** An open transaction. Writing methods take it first: forgetting it is a compile error. */
export type Tx = EntityManager & { readonly __tx: true };

/** A transaction, or the database outside of one. */
export type Reader = EntityManager;

/** PostgreSQL, as the owners of tables use it. The only place that opens a transaction. */
@Injectable()
export class Database {
  private readonly afterCommit: (() => void)[] = [];

  constructor(private readonly source: DataSource) {}

  /** For reads outside of a transaction. */
  get manager(): EntityManager {
    return this.source.manager;
  }

  /**
   * One use case, one transaction. A connection lost at commit is a 503, never a blind retry: it may have committed.
   * @throws {Unavailable} when the database is away
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.source.transaction(async (manager) => {
      await manager.query(`set local statement_timeout = '10s'; set local lock_timeout = '5s'`);
      return work(manager as Tx);
    });
    for (const tell of this.afterCommit) tell();
    return result;
  }

  /** One statement outside of a transaction. @throws {Unavailable} when the database is away */
  async query<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return (await this.source.query(sql, [...parameters])) as T[];
  }

  /** Calls `tell` after every commit: how jobs start at once. */
  onCommit(tell: () => void): void {
    this.afterCommit.push(tell);
  }
}
