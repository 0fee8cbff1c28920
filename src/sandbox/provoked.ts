import type { RegisterAnswer, StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { RefusalCode } from '../locales/texts.js';

/** Codes of what an outside party is asked: each stands in the tables below, or the compiler says which one does not. */
type Asked = Extract<RefusalCode, `${'verification' | 'register'}.${string}`>;

type By =
  | { resident: NonNullable<StubResident['answer']> }
  /** A resident of this ID number: too young, or known to an account. */
  | { idNumber: string }
  | { entity: RegisterAnswer }
  | { state: StubEnterprise['state'] }
  /** Nothing that an outside party says: what was done before leads to it. */
  | 'history';

/** What provokes each refusal: the `answer` or the state of an entry in a stub's file. */
const PROVOKED_BY: Record<Asked, By> = {
  'verification.mismatch': { resident: 'mismatch' },
  'verification.not-found': { resident: 'not-found' },
  'verification.unavailable': { resident: 'down' },
  'verification.id-taken': { idNumber: '420106198802150181' },
  'verification.under-fourteen': { idNumber: '42010620150601012X' },
  'verification.closed-till-tomorrow': 'history',
  'verification.in-progress': 'history',
  'verification.service-cap': 'history',
  'verification.already-verified': 'history',
  'register.not-found': { entity: 'not-found' },
  'register.name-differs': { entity: 'name-differs' },
  'register.representative-differs': { entity: 'representative-differs' },
  'register.cancelled': { state: 'cancelled' },
  'register.revoked': { state: 'revoked' },
  'register.unavailable': { entity: 'down' },
  'register.closed-till-tomorrow': 'history',
};

/** Whoever is to be typed in to meet a refusal. */
export interface Provoker {
  code: Asked;
  resident?: StubResident;
  entity?: StubEnterprise;
}

const isMeant = (by: Exclude<By, 'history'>, { resident, entity }: Omit<Provoker, 'code'>): boolean => {
  if ('resident' in by) return resident?.answer === by.resident;
  if ('idNumber' in by) return resident?.idNumber === by.idNumber;
  if ('entity' in by) return entity?.answer === by.entity;
  return entity?.state === by.state && entity.answer === undefined;
};

/** Who provokes which refusal, of those that the stubs know here. */
export function provokers(residents: readonly StubResident[], entities: readonly StubEnterprise[]): Provoker[] {
  const all = [...residents.map((resident) => ({ resident })), ...entities.map((entity) => ({ entity }))];
  return (Object.entries(PROVOKED_BY) as [Asked, By][]).flatMap(([code, by]) => {
    const found = by === 'history' ? undefined : all.find((one) => isMeant(by, one));
    return found ? [{ code, ...found }] : [];
  });
}
