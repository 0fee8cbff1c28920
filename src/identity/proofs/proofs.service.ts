import { Injectable } from '@nestjs/common';
import type { Amr } from '../../shared/account.js';
import { Clock } from '../../shared/clock.js';
import { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Records } from '../../storage/records.js';
import { Accounts } from '../accounts/accounts.service.js';
import { ProofChecks } from './proof-checks.service.js';
import { ProofDue } from './proof-due.js';
import type { GuardedAct } from './proof-due.js';

/** Who acts: a session, and how and when it was opened. */
export interface Prover {
  uid: string;
  accountId: string;
  amr: readonly Amr[];
  loginAt: Date;
}

/** By what an act is proved: a login by what proves a person, or what the proof page was given. */
export type Means = 'login' | 'password' | 'identity' | 'alipay' | 'certificate';

/**
 * What proves a person. SMS proves a number, never a person (DESIGN 6); the app that has confirmed a login may itself have
 * been logged in weeks ago, or by SMS.
 */
const STRONG: readonly Amr[] = ['pwd', 'fed', 'hwk', 'swk'];
const FRESH_MS = 5 * 60_000;
const GIVEN_SECONDS = 10 * 60;
const CLOSED_MS = 24 * 3_600_000;
const KIND = 'proof';

interface Given {
  by: Exclude<Means, 'login'>;
}

/**
 * What stands before an act that changes a way in, exports or deregisters: a login by what proves a person within five
 * minutes, or a proof given on the proof page, for that account and that act, once. For 24 hours after a reset or a
 * change of number the other such acts are closed.
 */
@Injectable()
export class Proofs {
  constructor(
    private readonly records: Records,
    private readonly accounts: Accounts,
    private readonly checks: ProofChecks,
    private readonly clock: Clock,
  ) {}

  /** Before the act's page is shown. @param to where it is, if not where all are @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: Prover, act: GuardedAct, to?: string): Promise<Means> {
    await this.refuseClosed(who.accountId, act);
    if (this.isFresh(who)) return 'login';
    return this.meansOf(await this.records.get<Given>(KIND, this.place(who, act)), act, to);
  }

  /** Before the act is done: a proof of the proof page is used up. @throws {ProofDue} @throws {Refusal} proof.closed */
  async use(who: Prover, act: GuardedAct, to?: string): Promise<Means> {
    await this.refuseClosed(who.accountId, act);
    if (this.isFresh(who)) return 'login';
    return this.meansOf(await this.records.take<Given>(KIND, this.place(who, act)), act, to);
  }

  /** @throws {Refusal} proof.closed, login.wait, proof.password-wrong @throws {Unavailable} */
  async giveByPassword(who: Prover, act: GuardedAct, typed: string, address: string): Promise<void> {
    await this.refuseClosed(who.accountId, act);
    await this.checks.password(who.accountId, typed, address);
    await this.give(who, act, 'password');
  }

  /** Name and full ID number as they were verified. @throws {Refusal} proof.closed, proof.identity-* */
  async giveByIdentity(
    who: Prover,
    act: GuardedAct,
    { name, idNumber }: { name: PersonName; idNumber: ResidentId },
    address: string,
  ): Promise<void> {
    await this.refuseClosed(who.accountId, act);
    await this.checks.identity(who.accountId, name, (held) => held.reveal() === idNumber.reveal(), address);
    await this.give(who, act, 'identity');
  }

  /** The account's own Alipay has come back to this session for this act: the caller has seen that. @throws {Refusal} proof.closed */
  async giveByAlipay(who: Prover, act: GuardedAct): Promise<void> {
    await this.refuseClosed(who.accountId, act);
    await this.give(who, act, 'alipay');
  }

  /** A certificate of the account has signed for this session and this act: the caller has seen that. @throws {Refusal} proof.closed */
  async giveByCertificate(who: Prover, act: GuardedAct): Promise<void> {
    await this.refuseClosed(who.accountId, act);
    await this.give(who, act, 'certificate');
  }

  /** What has a proof of its own asks this first. @param act its name, if it can be what changed @throws {Refusal} proof.closed with the hours left */
  async refuseClosed(accountId: string, act?: GuardedAct): Promise<void> {
    const changed = await this.accounts.wayChanged(accountId);
    if (!changed || changed.by === act) return;
    const left = changed.at.getTime() + CLOSED_MS - this.clock.ms();
    if (left <= 0) return;
    const hours = Math.ceil(left / 3_600_000);
    throw new Refusal('proof.closed', { retryAfter: Math.ceil(left / 1000), status: 403, values: { hours } });
  }

  private isFresh({ amr, loginAt }: Prover): boolean {
    return amr.some((one) => STRONG.includes(one)) && this.clock.ms() - loginAt.getTime() < FRESH_MS;
  }

  private async give(who: Prover, act: GuardedAct, by: Given['by']): Promise<void> {
    await this.records.put(KIND, this.place(who, act), { by } satisfies Given, GIVEN_SECONDS);
  }

  private meansOf(given: Given | undefined, act: GuardedAct, to: string | undefined): Means {
    if (!given) throw new ProofDue(act, to);
    return given.by;
  }

  private place({ uid, accountId }: Prover, act: GuardedAct): string {
    return `${uid}|${accountId}|${act}`;
  }
}
