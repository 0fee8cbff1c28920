import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccountKind, IdentifierKind, Level } from '../../shared/account.js';
import { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { Sensitive } from '../../shared/sensitive.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { AccountEntity } from './account.entity.js';
import type { AccountState } from './account.entity.js';
import { Agreements } from './agreements.service.js';
import { Identifiers } from './identifiers.service.js';
import { NaturalPersonEntity } from './natural-person.entity.js';
import { PendingChangeEntity } from './pending-change.entity.js';
import type { Standing } from './standing.js';

/** A change of a way in that closes the account's other guarded acts for a day. */
export type ClosingChange = 'password' | 'phone' | 'representative' | 'contact';

interface StandingRow {
  kind: AccountKind;
  state: AccountState;
  level: Level;
  valid_from: Date;
  certified_from: Date | null;
  version: string | null;
  scopes: string[] | null;
  closes_at: Date | null;
  moves_at: Date | null;
}

const STANDING = `
  select a.kind, a.state, a.level, a.valid_from, a.certified_from,
    (select g.version from agreements_accepted g where g.account_id = a.id order by g.id desc limit 1) as version,
    (select array_agg(p.scope) from permissions p where p.account_id = a.id and p.client_id = $2) as scopes,
    (select c.due from pending_changes c where c.account_id = a.id and c.kind = 'deregistration') as closes_at,
    (select c.due from pending_changes c where c.account_id = a.id and c.kind = 'number-move') as moves_at
  from accounts a where a.id = $1`;

/** Accounts: made, found, ended. What they are about is in `Persons`. */
@Injectable()
export class Accounts {
  private readonly endings: ((tx: Tx, accountId: string) => Promise<void>)[] = [];

  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly identifiers: Identifiers,
    private readonly agreements: Agreements,
    private readonly records: Activity,
    private readonly clock: Clock,
  ) {}

  /** Said once, at boot: what ends elsewhere with an account that is closed or disabled, in the transaction of that. */
  whenEnded(work: (tx: Tx, accountId: string) => Promise<void>): void {
    this.endings.push(work);
  }

  /** The version of the agreement in force: what is accepted by registering. */
  get agreementVersion(): string {
    return this.agreements.version;
  }

  /**
   * Makes a natural-person account for a number that its own SMS code has proved, or for somebody whom Alipay has
   * logged in, without one; keeps which agreement was accepted.
   * @throws {Refusal} phone.taken: of any number of requests at once, one wins
   */
  async createPerson(tx: Tx, { phone }: { phone?: Phone }): Promise<string> {
    const id = randomUUID();
    const now = this.clock.now();
    const free = !phone || (await this.identifiers.take(tx, id, 'phone', phone));
    if (!free) throw new Refusal('phone.taken', { field: 'phone' });
    await tx.insert(AccountEntity, { id, kind: 'person', state: 'active', level: 0, validFrom: now, createdAt: now });
    await this.cipher.create(tx, id);
    await tx.insert(NaturalPersonEntity, {
      accountId: id,
      phone: phone ? await this.cipher.seal(tx, id, 'person.phone', phone.reveal()) : null,
      name: null,
      idNumber: null,
      verifiedAt: null,
      verifiedBy: null,
      verifiedMethod: null,
      verifiedReference: null,
      updatedAt: now,
    });
    await this.agreements.accept(tx, id);
    await this.records.record(tx, { account: id, kind: 'registered' });
    return id;
  }

  /** The account that is found by this value. A resident ID finds one only once it is verified. */
  async find(kind: IdentifierKind, value: Sensitive): Promise<string | undefined> {
    return this.identifiers.find(kind, value);
  }

  /** One statement; `undefined` when there is no such account. @param site whose permissions are asked about */
  async standing(accountId: string, site?: string): Promise<Standing | undefined> {
    const [row] = await this.db.query<StandingRow>(STANDING, [accountId, site ?? '']);
    if (!row) return undefined;
    return {
      accountId,
      kind: row.kind,
      state: row.state,
      level: row.level,
      validFrom: row.valid_from,
      certifiedFrom: row.certified_from ?? undefined,
      agreementVersion: row.version ?? undefined,
      permittedScopes: row.scopes ?? [],
      closesAt: row.closes_at ?? undefined,
      movesAt: row.moves_at ?? undefined,
    };
  }

  /** Which way in was changed, and when, by what proves a number only; of an account that stands for somebody. */
  async wayChanged(accountId: string): Promise<{ at: Date; by: string } | undefined> {
    const [row] = await this.db.query<{ at: Date; by: string }>(
      `select way_changed_at as at, way_changed_by as by from accounts
       where id = $1 and way_changed_at is not null and (level > 0 or kind = 'entity')`,
      [accountId],
    );
    return row;
  }

  /** For 24 hours the other acts of this kind are closed (DESIGN 6). */
  async noteWayChanged(tx: Tx, accountId: string, by: ClosingChange): Promise<void> {
    await tx.update(AccountEntity, { id: accountId }, { wayChangedAt: this.clock.now(), wayChangedBy: by });
  }

  /**
   * Keeps the account from ending until the transaction does.
   * @throws {Refusal} account.ended (403) when it is disabled or closed
   */
  async hold(tx: Tx, accountId: string): Promise<void> {
    if (!(await this.isActive(tx, accountId))) throw new Refusal('account.ended', { status: 403 });
  }

  /** Whether it is active, and stays so until the transaction ends. */
  async isActive(tx: Tx, accountId: string): Promise<boolean> {
    const active = `select 1 from accounts where id = $1 and state = 'active' for update`;
    const rows = (await tx.query(active, [accountId])) as unknown[];
    return rows.length === 1;
  }

  /** A verified person whom Alipay vouches for as well. @returns whether the level is higher now */
  async raise(tx: Tx, accountId: string): Promise<boolean> {
    const verified = { id: accountId, kind: 'person', state: 'active', level: 1 } as const;
    if ((await tx.update(AccountEntity, verified, { level: 2 })).affected !== 1) return false;
    await this.records.record(tx, { account: accountId, kind: 'level-raised', details: { by: 'alipay' } });
    return true;
  }

  /** Closed for good: its id is the `sub` of nobody else, ever. @returns whether it was active until now */
  async close(tx: Tx, accountId: string): Promise<boolean> {
    const active = { id: accountId, state: 'active' } as const;
    const done = await tx.update(AccountEntity, active, {
      state: 'closed',
      validFrom: this.clock.now(),
      userName: null,
    });
    if (!done.affected) return false;
    await this.records.record(tx, { account: accountId, kind: 'deregistered' });
    for (const end of this.endings) await end(tx, accountId);
    return true;
  }

  /** Closes every way in; sessions and tokens from before are not found any more. A deregistration that waits is off. */
  async disable(tx: Tx, accountId: string, actor = accountId): Promise<void> {
    const now = this.clock.now();
    const active = { id: accountId, state: 'active' } as const;
    const done = await tx.update(AccountEntity, active, { state: 'disabled', validFrom: now });
    if (!done.affected) return;
    await this.records.record(tx, { account: accountId, actor, kind: 'disabled' });
    for (const end of this.endings) await end(tx, accountId);
    const waiting = await tx.delete(PendingChangeEntity, { accountId, kind: 'deregistration' });
    if (waiting.affected)
      await this.records.record(tx, { account: accountId, actor, kind: 'deregistration-cancelled' });
  }

  /** What was made with a certificate until now is not found any more. */
  async invalidateCertified(tx: Tx, accountId: string): Promise<void> {
    await tx.update(AccountEntity, { id: accountId }, { certifiedFrom: this.clock.now() });
  }

  /** What is older than now is not found any more: sessions, codes, tokens, tickets. */
  async invalidateSessions(tx: Tx, accountId: string): Promise<void> {
    await tx.update(AccountEntity, { id: accountId }, { validFrom: this.clock.now() });
  }
}
