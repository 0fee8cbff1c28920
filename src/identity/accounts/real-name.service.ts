import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { GatewayDown } from '../../gateways/outside-party.js';
import { IdentityVerifier } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { Comparison } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Limits } from '../limits/limits.service.js';
import { Persons } from './persons.service.js';
import { RealNameSubjects } from './real-name-subjects.js';

const MISMATCH = 'mismatch';

/** Real-name verification: limits, then the authority's answer, then what follows from it. */
@Injectable()
export class RealName {
  constructor(
    private readonly db: Database,
    private readonly persons: Persons,
    private readonly verifier: IdentityVerifier,
    private readonly limits: Limits,
    private readonly about: RealNameSubjects,
  ) {}

  /**
   * @param address the client's, for its own limit
   * @throws {Refusal} verification.closed-till-tomorrow, .mismatch, .not-found, .unavailable, .id-taken, .already-verified
   */
  async verify(accountId: string, name: PersonName, idNumber: ResidentId, address: string): Promise<void> {
    if (await this.persons.isVerified(accountId)) throw new Refusal('verification.already-verified');
    await this.limits.count('verification.address', 'address', address, this.about.table.perAddressDay, 'day');
    await this.limits.count('verification.service', 'service', '', this.about.table.serviceHour, 'hour');
    const subjects = this.about.subjects(accountId, name, idNumber);
    const used = await this.spend(subjects);
    const answer = await this.ask(name, idNumber).catch(async (problem: unknown) => {
      await this.giveBack(subjects);
      throw problem;
    });
    if (answer !== 'match') throw this.refused(answer, used);
    await this.giveBack(subjects);
    await this.db
      .transaction(async (tx) => this.persons.confirm(tx, accountId, name, idNumber, 'identity-verifier'))
      .catch((error: unknown) => {
        throw this.about.withHotline(error);
      });
  }

  private async ask(name: PersonName, idNumber: ResidentId): Promise<Comparison> {
    try {
      return (await this.verifier.compare({ name, idNumber, transaction: randomUUID() })).answer;
    } catch (error) {
      if (error instanceof GatewayDown) throw new Refusal('verification.unavailable', { status: 503 });
      throw error;
    }
  }

  /**
   * A try counts as a mismatch until the authority has said otherwise, so that many at once are no more than five; outside
   * of any transaction, so that a refusal does not roll it back. @returns tries used, this one included
   */
  private async spend(subjects: readonly string[]): Promise<number> {
    const counts = await Promise.all(subjects.map(async (subject) => this.limits.add(MISMATCH, subject)));
    const used = Math.max(...counts);
    if (used <= this.about.table.mismatchesPerDay) return used;
    await this.giveBack(subjects);
    throw this.closed();
  }

  private async giveBack(subjects: readonly string[]): Promise<void> {
    await Promise.all(subjects.map(async (subject) => this.limits.giveBack(MISMATCH, subject)));
  }

  private refused(answer: 'mismatch' | 'not-found', used: number): Refusal {
    const left = this.about.table.mismatchesPerDay - used;
    if (left <= 0) return this.closed();
    return new Refusal(`verification.${answer}`, { values: { left, hotline: this.about.hotline } });
  }

  private closed(): Refusal {
    const values = { hotline: this.about.hotline };
    return this.limits.closedTillTomorrow('verification.closed-till-tomorrow', { values });
  }
}
