import { Injectable } from '@nestjs/common';
import { GatewayDown } from '../../gateways/circuit-breaker.js';
import { IdentityVerifier } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { Comparison } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Limits } from '../limits/limits.service.js';
import { Persons } from './persons.service.js';
import { RealNameSubjects } from './real-name-subjects.js';

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
    const subjects = this.about.subjects(accountId, name, idNumber);
    await this.refuseWhenClosed(subjects);
    await this.limits.count('verification.address', 'address', address, this.about.table.perAddressDay, 'day');
    await this.limits.count('verification.service', 'service', '', this.about.table.serviceHour, 'hour');
    const answer = await this.ask(name, idNumber);
    if (answer !== 'match') throw await this.refused(answer, subjects);
    await this.db
      .transaction(async (tx) => this.persons.confirm(tx, accountId, name, idNumber, 'identity-verifier'))
      .catch((error: unknown) => {
        throw this.about.withHotline(error);
      });
  }

  private async ask(name: PersonName, idNumber: ResidentId): Promise<Comparison> {
    try {
      return await this.verifier.compare(name, idNumber);
    } catch (error) {
      if (error instanceof GatewayDown) throw new Refusal('verification.unavailable', { status: 503 });
      throw error;
    }
  }

  private async refuseWhenClosed(subjects: readonly string[]): Promise<void> {
    const counts = await Promise.all(subjects.map(async (subject) => this.limits.read('mismatch', subject)));
    if (Math.max(...counts) >= this.about.table.mismatchesPerDay) throw this.about.closed();
  }

  /** The counter is kept outside of any transaction, so that a refusal does not roll it back. */
  private async refused(answer: 'mismatch' | 'not-found', subjects: readonly string[]): Promise<Refusal> {
    const counts = await Promise.all(subjects.map(async (subject) => this.limits.add('mismatch', subject)));
    const left = this.about.table.mismatchesPerDay - Math.max(...counts);
    if (left <= 0) return this.about.closed();
    return new Refusal(`verification.${answer}`, { values: { left, hotline: this.about.hotline } });
  }
}
