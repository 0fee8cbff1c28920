import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { EntityTypeId } from '../../config/jurisdiction.js';
import { EnterpriseRegister } from '../../gateways/enterprise-register/enterprise-register.gateway.js';
import type { EntityAnswer } from '../../gateways/enterprise-register/enterprise-register.gateway.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { Clock } from '../../shared/clock.js';
import type { CreditCode } from '../../shared/credit-code.js';
import type { EntityName } from '../../shared/entity-name.js';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { findingOf } from './register-says.js';
import type { RegisterFinding } from './register-says.js';
import { RegisterTries } from './register-tries.service.js';

/** A person who stands for an entity. */
export interface PersonClaim {
  name: PersonName;
  idNumber: ResidentId;
}

/** What is claimed of a legal entity, as its forms bring it. */
export interface EntityClaims {
  type: EntityTypeId;
  name: EntityName;
  creditCode: CreditCode;
  representative: PersonClaim;
}

/** When the register said that all of it agrees, and its number of that answer. */
export interface RegisterCheck {
  at: Date;
  reference: string;
}

interface Fault {
  code: Extract<RefusalCode, `register.${string}`>;
  field: string;
  holds: (answer: EntityAnswer) => boolean;
}

/** In this order: how an entity stands is told only to who knows it. */
const FAULTS: readonly Fault[] = [
  { code: 'register.not-found', field: 'creditCode', holds: (said) => !said.found },
  { code: 'register.name-differs', field: 'entityName', holds: (said) => said.found && !said.nameAgrees },
  {
    code: 'register.representative-differs',
    field: 'representativeIdNumber',
    holds: (said) => said.found && !said.representativeAgrees,
  },
  { code: 'register.cancelled', field: 'creditCode', holds: (said) => said.found && said.state === 'cancelled' },
  { code: 'register.revoked', field: 'creditCode', holds: (said) => said.found && said.state === 'revoked' },
];

/** What is not counted as a try: whoever is told so knew all the rest. */
const OF_STATE: readonly string[] = ['register.cancelled', 'register.revoked'];

function isKnownOf(answer: EntityAnswer): boolean {
  const fault = FAULTS.find(({ holds }) => holds(answer));
  return !fault || OF_STATE.includes(fault.code);
}

/** Asks the enterprise register about a legal entity, under limits: code, representative, address, service. */
@Injectable()
export class EntityChecks {
  constructor(
    private readonly register: EnterpriseRegister,
    private readonly tries: RegisterTries,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * @param address the client's, for its own limit
   * @throws {Refusal} entity-type.unsuited; register.not-found, .name-differs, .representative-differs (with tries left),
   * .cancelled, .revoked, .unavailable, .closed-till-tomorrow
   */
  async check(claims: EntityClaims, address: string): Promise<RegisterCheck> {
    this.judgeType(claims);
    const answer = await this.tried(claims, address, isKnownOf, FAULTS);
    return { at: this.clock.now(), reference: answer.reference };
  }

  /**
   * A new name of an entity that has an account: only whether it is the name counts, the rest is written down.
   * @throws {Refusal} register.not-found, .name-differs (with tries left), .unavailable, .closed-till-tomorrow
   */
  async newName(entity: Omit<EntityClaims, 'type'>, address: string): Promise<RegisterFinding> {
    const ofName = (answer: EntityAnswer) => answer.found && answer.nameAgrees;
    return findingOf(await this.tried(entity, address, ofName, FAULTS.slice(0, 2)));
  }

  private async tried(
    claims: Omit<EntityClaims, 'type'>,
    address: string,
    agrees: (answer: EntityAnswer) => boolean,
    faults: readonly Fault[],
  ): Promise<EntityAnswer> {
    const { creditCode, representative } = claims;
    const { answer, left } = await this.tries.ask({
      address,
      subjects: [
        `code-${this.blind.text('credit-code', creditCode.reveal())}`,
        `representative-${this.blind.text('resident-id', representative.idNumber.reveal())}`,
      ],
      ask: async () => this.ask(claims),
      agrees,
    });
    const fault = faults.find(({ holds }) => holds(answer));
    if (!fault) return answer;
    throw new Refusal(fault.code, { field: fault.field, values: { left, hotline: this.tries.hotline } });
  }

  /**
   * Asks once more about an entity that has an account: with what we hold of it, so that no mismatch is anybody's guess.
   * @param address the client's; nobody's when nobody waits
   * @throws {Refusal} register.unavailable, limit.wait, register.closed-till-tomorrow
   */
  async again(accountId: string, entity: Omit<EntityClaims, 'type'>, address?: string): Promise<RegisterFinding> {
    await this.tries.again(accountId, address);
    return findingOf(await this.ask(entity));
  }

  /** The code's first two characters name the department that registers this type (GB 32100). */
  private judgeType({ type, creditCode }: EntityClaims): void {
    const known = this.jurisdiction.entityTypes.find(({ id }) => id === type);
    if (known?.prefixes.includes(creditCode.prefix)) return;
    throw new Refusal('entity-type.unsuited', { field: 'entityType' });
  }

  private async ask({ name, creditCode, representative }: Omit<EntityClaims, 'type'>): Promise<EntityAnswer> {
    try {
      return await this.register.compare({ name, creditCode, representative, transaction: randomUUID() });
    } catch (error) {
      if (error instanceof GatewayDown) throw new Refusal('register.unavailable', { status: 503 });
      throw error;
    }
  }
}
