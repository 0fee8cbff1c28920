import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../shared/clock.js';
import { PersonName } from '../../shared/person-name.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { CircuitBreaker } from '../circuit-breaker.js';
import { IdentityVerifier } from './identity-verifier.gateway.js';
import type { Comparison } from './identity-verifier.gateway.js';

/** A person the stub knows; `answer` provokes an outcome whatever the name. */
export interface StubResident {
  name: string;
  idNumber: string;
  answer?: Comparison | 'down' | 'slow';
}

const ANSWERS: readonly unknown[] = ['match', 'mismatch', 'not-found', 'down', 'slow', undefined];
const TIMEOUT_MS = 3000;
const SLOW_MS = 10_000;

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

/** Stands in for the authority in demonstrations and tests. */
export class IdentityVerifierStub extends IdentityVerifier {
  private readonly breaker: CircuitBreaker;

  constructor(
    private readonly residents: readonly StubResident[],
    clock: Clock,
  ) {
    super();
    // One person's "down" must not close the demonstration for all the others.
    this.breaker = new CircuitBreaker('identity verifier', clock, TIMEOUT_MS);
  }

  async compare(name: PersonName, idNumber: ResidentId): Promise<Comparison> {
    const resident = this.residents.find((one) => one.idNumber === idNumber.reveal());
    if (resident?.answer === 'down' || resident?.answer === 'slow') return this.fail(resident.answer);
    if (!resident) return 'not-found';
    if (resident.answer) return resident.answer;
    return resident.name === name.reveal() ? 'match' : 'mismatch';
  }

  private async fail(answer: 'down' | 'slow'): Promise<never> {
    return this.breaker.run(async (signal) => {
      if (answer === 'slow') await sleep(SLOW_MS, undefined, { signal });
      throw new Error('the stub was asked to be down');
    });
  }
}
