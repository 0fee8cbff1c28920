import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { GatewayDown } from '../outside-party.js';
import { EnterpriseRegister } from './enterprise-register.gateway.js';
import type { EntityAnswer, EntityClaim, EntityState } from './enterprise-register.gateway.js';

/** Types as a jurisdiction names them. */
const TYPES: readonly unknown[] = [
  'enterprise',
  'cooperative',
  'individual',
  'institution',
  'association',
  'private-non-enterprise',
  'foundation',
  'government',
];
const STATES: readonly unknown[] = ['active', 'cancelled', 'revoked'] satisfies EntityState[];
const ANSWERS = ['not-found', 'name-differs', 'representative-differs', 'down', 'slow'] as const;
/** What the register does when it is asked about this entity, whatever is claimed. */
export type RegisterAnswer = (typeof ANSWERS)[number];
const SLOW_MS = 3000;

/** An entity the stub knows; `answer` provokes an outcome whatever is claimed. */
export interface StubEnterprise {
  name: string;
  creditCode: string;
  type: string;
  representative: { name: string; idNumber: string };
  state: EntityState;
  answer?: RegisterAnswer;
}

/** As a form's values are read: one spelling, or nothing would be found. */
function asTyped(raw: StubEnterprise, at: number): StubEnterprise {
  const { name, creditCode, type, representative, state, answer } = raw;
  const sound = TYPES.includes(type) && STATES.includes(state) && (!answer || ANSWERS.includes(answer));
  try {
    if (!sound) throw new Error('type, state or answer');
    return {
      type,
      state,
      name: EntityName.parse(name).reveal(),
      creditCode: CreditCode.parse(creditCode).reveal(),
      representative: {
        name: PersonName.parse(representative.name).reveal(),
        idNumber: representative.idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase(),
      },
      ...(answer ? { answer } : {}),
    };
  } catch {
    throw new Error(
      `STUB_ENTERPRISES_FILE [${at}]: {name, creditCode, type, representative: {name, idNumber}, state, answer?}`,
    );
  }
}

/**
 * The fictional entities of a demonstration, or those of STUB_ENTERPRISES_FILE.
 * @throws {Error} which entry is not one
 */
export function stubEnterprises(file?: string): StubEnterprise[] {
  const source = file ?? new URL('./fictional-enterprises.json', import.meta.url);
  return (JSON.parse(readFileSync(source, 'utf8')) as StubEnterprise[]).map(asTyped);
}

/** Stands in for the register in demonstrations and tests. */
export class EnterpriseRegisterStub extends EnterpriseRegister {
  constructor(private readonly enterprises: readonly StubEnterprise[]) {
    super();
  }

  async compare({ creditCode, name, representative, transaction: reference }: EntityClaim): Promise<EntityAnswer> {
    const known = this.enterprises.find((one) => one.creditCode === creditCode.reveal());
    if (known?.answer === 'slow') await sleep(SLOW_MS);
    if (known?.answer === 'down' || known?.answer === 'slow') throw new GatewayDown('enterprise register');
    if (!known || known.answer === 'not-found') return { found: false, reference };
    return {
      found: true,
      state: known.state,
      nameAgrees: known.answer !== 'name-differs' && known.name === name.reveal(),
      representativeAgrees:
        known.answer !== 'representative-differs' &&
        known.representative.name === representative.name.reveal() &&
        known.representative.idNumber === representative.idNumber.reveal(),
      reference,
    };
  }
}
