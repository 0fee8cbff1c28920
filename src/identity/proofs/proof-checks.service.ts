import { Injectable } from '@nestjs/common';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { PersonClaim } from '../accounts/entity-checks.service.js';
import { Persons } from '../accounts/persons.service.js';
import { Passwords } from '../credentials/passwords.service.js';
import { Limits } from '../limits/limits.service.js';
import { LoginAttempts } from '../limits/login-attempts.service.js';

const IDENTITY = 'proof-identity';

/** The proofs themselves, and how often they may fail. */
@Injectable()
export class ProofChecks {
  constructor(
    private readonly persons: Persons,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly limits: Limits,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} login.wait, proof.password-wrong (at `password`) @throws {Unavailable} too many hashes */
  async password(accountId: string, typed: string, address: string): Promise<void> {
    const attempt = { target: `proof-${accountId}`, address };
    await this.attempts.check(attempt);
    if (await this.passwords.check(accountId, typed, async () => this.attempts.refuseWaiting(attempt))) {
      return this.attempts.succeeded(attempt);
    }
    await this.attempts.failed(attempt);
    throw new Refusal('proof.password-wrong', { field: 'password' });
  }

  /**
   * Name and number against what the verifier confirmed: what an SMS code alone does not show.
   * @param isNumber judges the number, or the part of it that was asked for
   * @param address the client's, for its own limit
   * @throws {Refusal} proof.identity-wrong with the tries left, proof.identity-closed until tomorrow, limit.wait
   */
  async identity(
    accountId: string,
    name: PersonName,
    isNumber: (held: ResidentId) => boolean,
    address: string,
  ): Promise<void> {
    await this.tried(accountId, address, async () => {
      const held = await this.persons.find(accountId);
      const right = held?.idNumber !== undefined && isNumber(held.idNumber);
      return right && held.name?.reveal() === name.reveal();
    });
  }

  /**
   * Name and full number of one of those who speak for an entity, as the register confirmed them.
   * @throws {Refusal} proof.speaker-wrong with the tries left; else as `identity`, counted for the entity's account
   */
  async speaker(
    accountId: string,
    claim: PersonClaim,
    speakers: readonly PersonClaim[],
    address: string,
  ): Promise<void> {
    const isOne = ({ name, idNumber }: PersonClaim) =>
      name.reveal() === claim.name.reveal() && idNumber.reveal() === claim.idNumber.reveal();
    await this.tried(accountId, address, async () => speakers.some(isOne), 'proof.speaker-wrong');
  }

  /**
   * A try of somebody's person, counted before it is judged.
   * @param subject whose tries it is one of @param wrong what is told with the tries left @throws {Refusal} as `identity`
   */
  async tried(
    subject: string,
    address: string,
    isRight: () => Promise<boolean>,
    wrong: RefusalCode = 'proof.identity-wrong',
  ): Promise<void> {
    const { identityTriesPerDay: most, perAddressDay, serviceHour } = this.jurisdiction.limits.proof;
    await this.limits.count(IDENTITY, 'address', address, perAddressDay, 'day');
    await this.limits.count(IDENTITY, 'service', '', serviceHour, 'hour');
    const used = await this.limits.add(IDENTITY, subject);
    if (used > most) throw this.closed();
    if (await isRight()) return this.limits.giveBack(IDENTITY, subject);
    if (used === most) throw this.closed();
    throw new Refusal(wrong, { values: { left: most - used } });
  }

  private closed(): Refusal {
    const { number: hotline } = this.jurisdiction.hotline;
    return this.limits.closedTillTomorrow('proof.identity-closed', { values: { hotline } });
  }
}
