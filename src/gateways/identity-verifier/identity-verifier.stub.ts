import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../shared/clock.js';
import type { PersonName } from '../../shared/person-name.js';
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

const TIMEOUT_MS = 3000;
const SLOW_MS = 10_000;

/** The fictional people of a demonstration, or those of STUB_RESIDENTS_FILE. */
export function stubResidents(file?: string): StubResident[] {
  const source = file ?? new URL('./fictional-residents.json', import.meta.url);
  const residents = JSON.parse(readFileSync(source, 'utf8')) as StubResident[];
  return residents.map((one) => ({ ...one, idNumber: one.idNumber.toUpperCase() }));
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
