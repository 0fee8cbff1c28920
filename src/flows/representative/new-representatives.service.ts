import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import { EntityChecks } from '../../identity/accounts/entity-checks.service.js';
import type { PersonClaim, RegisterCheck } from '../../identity/accounts/entity-checks.service.js';
import { RealName } from '../../identity/accounts/real-name.service.js';
import { Representatives } from '../../identity/accounts/representatives.service.js';
import type { NextRepresentative } from '../../identity/entity-requests/entity-people.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { PersonName } from '../../shared/person-name.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Records } from '../../storage/records.js';

interface Kept {
  name: string;
  idNumber: string;
  account?: string;
  at: number;
  reference: string;
}

const KIND = 'new-representative';
const LIFE_SECONDS = 20 * 60;
const FIELD = 'representativeIdNumber';

const placeOf = ({ uid, accountId }: SignedIn): string => `${uid}|${accountId}`;
const atPerson = (refusal: unknown): never => {
  throw refusal instanceof Refusal ? refusal.at(FIELD) : refusal;
};

/** Who is to take over: proved as at registration, and kept for this session until somebody agrees. */
@Injectable()
export class NewRepresentatives {
  constructor(
    private readonly checks: EntityChecks,
    private readonly realName: RealName,
    private readonly representatives: Representatives,
    private readonly records: Records,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * The register first; what we know ourselves is told only once it agrees.
   * @throws {Refusal} representative.same, register.*, verification.*, representative.unregistered, .away, .closed
   */
  async check(who: SignedIn, entity: EntityData, claim: PersonClaim, address: string): Promise<void> {
    // Whoever was named before counts no more.
    await this.drop(who);
    const same = entity.representative.idNumber.reveal() === claim.idNumber.reveal();
    if (same && !entity.representativeLeft) throw new Refusal('representative.same', { field: FIELD });
    const { at, reference } = await this.inRegister(entity, claim, address);
    if (!this.jurisdiction.representativeFirst)
      await this.realName.check({ accountId: who.accountId, ...claim, address }).catch(atPerson);
    const account = await this.representatives.accountOf(claim.idNumber);
    const [name, idNumber] = [claim.name.reveal(), claim.idNumber.reveal()];
    const kept: Kept = { name, idNumber, account, at: at.getTime(), reference };
    await this.records.put(KIND, placeOf(who), kept, LIFE_SECONDS);
  }

  /** Whether the register names this person as the entity's representative now. @throws {Refusal} register.* */
  async inRegister(entity: EntityData, representative: PersonClaim, address: string): Promise<RegisterCheck> {
    const { type, name, creditCode } = entity;
    return this.checks.check({ type, name, creditCode, representative }, address).catch(atPerson);
  }

  async of(who: SignedIn): Promise<NextRepresentative | undefined> {
    const kept = await this.records.get<Kept>(KIND, placeOf(who));
    return kept && nextOf(kept);
  }

  /** Of their own account. @throws {Refusal} representative.away, .closed */
  async phoneOf(account: string): Promise<Phone> {
    return this.representatives.phoneOf(account);
  }

  async drop(who: SignedIn): Promise<void> {
    await this.records.drop(KIND, placeOf(who));
  }
}

/** As a request keeps it, which seals it. */
export const keptNext = ({ representative, account, checked }: NextRepresentative): Record<string, unknown> =>
  ({
    name: representative.name.reveal(),
    idNumber: representative.idNumber.reveal(),
    account,
    at: checked.at.getTime(),
    reference: checked.reference,
  }) satisfies Kept;

export function nextOf(draft: object): NextRepresentative {
  const { name, idNumber, account, at, reference } = draft as Kept;
  return {
    representative: { name: PersonName.fromCanonical(name), idNumber: ResidentId.fromCanonical(idNumber) },
    account,
    checked: { at: new Date(at), reference },
  };
}
