import { Injectable } from '@nestjs/common';
import { AUTHORITIES_MARK } from '../identity/certificates/trusted-authorities.service.js';
import { Database } from '../storage/transactions.js';
import { KEYS_MARK } from './signing-keys.service.js';
import { SITES_MARK } from './sites/sites.service.js';

const MARKS = [KEYS_MARK, SITES_MARK, AUTHORITIES_MARK].join(' union all ');

/** What each process keeps in memory, and how it learns that another one has changed it: one query (DESIGN 4). */
export type Part = 'keys' | 'sites' | 'authorities';

/** The marks of keys, sites and authorities as they are now. */
@Injectable()
export class Changes {
  constructor(private readonly db: Database) {}

  async marks(): Promise<ReadonlyMap<Part, string | null>> {
    const rows = await this.db.query<{ part: Part; mark: string | null }>(MARKS);
    return new Map(rows.map(({ part, mark }) => [part, mark]));
  }
}
