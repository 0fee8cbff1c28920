import { Injectable } from '@nestjs/common';
import type { Amr } from '../../shared/account.js';
import { Clock } from '../../shared/clock.js';
import { visitedFrom } from '../../shared/visit.js';
import { regionOf } from '../../shared/whereabouts.js';
import { Database } from '../../storage/transactions.js';
import { uuidv7, uuidv7At } from '../../storage/uuid.js';
import type { ActivityKind } from './activity.service.js';

/** How a login is written down. */
export type LoginKind = Extract<ActivityKind, 'login' | 'new-device' | 'new-place'>;

/** Lines that tell where somebody was who had got in. */
const OPENINGS: readonly ActivityKind[] = ['registered', 'login', 'new-device', 'new-place'];
const PLACES_KNOWN_MS = 90 * 86_400_000;
/** A login, and in the same statement whether its place is new: one round trip, however it turns out. */
export const LOGIN = `
  with seen as (
    select details->'from'->>'place' as place from activity
    where account_id = $2 and id >= $6 and kind = any($7) order by id desc limit 200)
  insert into activity (id, account_id, actor_id, kind, client_id, details)
  select $1::uuid, $2::uuid, $2::uuid, case when $3 = 'login' and $8 <> ''
      and exists (select 1 from seen where place <> '') and not exists (select 1 from seen where starts_with(place, $8))
    then 'new-place' else $3::text end, $4::text, $5::jsonb
  returning kind`;
/** An account that was made by a command or an import has not been opened by anybody yet. */
const OPENED = `
  select 1 from activity where account_id = $1 and kind = any($2) and (kind <> 'registered' or details ? 'from') limit 1`;

/** Logins in the trail of an account: what each says of device and place. */
@Injectable()
export class Logins {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes a login down. On a device that the account does not know it is a `new-device`, save the very first one; from
   * a region that it was not in for 90 days, a `new-place`.
   * @returns what it was written down as
   */
  async record(
    { account, site, amr }: { account: string; site: string; amr: readonly Amr[] },
    knownDevice: boolean,
  ): Promise<LoginKind> {
    const from = visitedFrom();
    const kind = knownDevice || (await this.isFirst(account)) ? 'login' : 'new-device';
    const [row] = await this.db.query<{ kind: LoginKind }>(LOGIN, [
      uuidv7(this.clock.ms()),
      account,
      kind,
      site,
      JSON.stringify({ from, amr }),
      uuidv7At(this.clock.ms() - PLACES_KNOWN_MS),
      OPENINGS,
      regionOf(from?.place ?? ''),
    ]);
    return (row as { kind: LoginKind }).kind;
  }

  private async isFirst(account: string): Promise<boolean> {
    return (await this.db.query(OPENED, [account, OPENINGS])).length === 0;
  }
}
