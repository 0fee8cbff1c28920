import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PersonName } from '../../shared/person-name.js';
import { GatewayDown } from '../outside-party.js';
import { IdentityVerifier } from './identity-verifier.gateway.js';
import type { Comparison, Question, Verdict } from './identity-verifier.gateway.js';

/** A person the stub knows; `answer` provokes an outcome whatever the name. */
export interface StubResident {
  name: string;
  idNumber: string;
  answer?: Comparison | 'down' | 'slow';
}

const ANSWERS: readonly unknown[] = ['match', 'mismatch', 'not-found', 'down', 'slow', undefined];
/** As long as a real one may take; the answer then comes too late. */
const SLOW_MS = 3000;

/** As a form's value is read: one spelling of X and of the middle dot, or nobody would be found. */
function asTyped({ name, idNumber, answer }: StubResident, at: number): StubResident {
  if (typeof name !== 'string' || typeof idNumber !== 'string' || !ANSWERS.includes(answer ?? undefined)) {
    throw new Error(
      `STUB_RESIDENTS_FILE [${at}]: {name, idNumber, answer?}, answer match mismatch not-found down slow`,
    );
  }
  const person = { name: spelled(name), idNumber: idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase() };
  return answer ? { ...person, answer } : person;
}

function spelled(name: string): string {
  try {
    return PersonName.parse(name).reveal();
  } catch {
    return name;
  }
}

/**
 * The fictional people of a demonstration, or those of STUB_RESIDENTS_FILE.
 * @throws {Error} which entry is not one
 */
export function stubResidents(file?: string): StubResident[] {
  const source = file ?? new URL('./fictional-residents.json', import.meta.url);
  return (JSON.parse(readFileSync(source, 'utf8')) as StubResident[]).map(asTyped);
}

/** Stands in for the authority in demonstrations and tests. One person's "down" closes nothing for the others. */
export class IdentityVerifierStub extends IdentityVerifier {
  constructor(private readonly residents: readonly StubResident[]) {
    super();
  }

  async compare({ name, idNumber, transaction }: Question): Promise<Verdict> {
    const resident = this.residents.find((one) => one.idNumber === idNumber.reveal());
    return { answer: await this.answer(resident, name), reference: transaction };
  }

  private async answer(resident: StubResident | undefined, name: PersonName): Promise<Comparison> {
    if (!resident) return 'not-found';
    const { answer } = resident;
    if (answer === 'slow') await sleep(SLOW_MS);
    if (answer === 'slow' || answer === 'down') throw new GatewayDown('identity verifier');
    return answer ?? (resident.name === name.reveal() ? 'match' : 'mismatch');
  }
}
