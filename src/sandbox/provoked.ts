import type { RegisterAnswer, StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { RefusalCode } from '../locales/texts.js';
import type { AlipayMood, StubAlipayUser } from './alipay/alipay-users.js';

/** Codes of what an outside party is asked: each stands in the tables below, or the compiler says which one does not. */
type Asked = Extract<RefusalCode, `${'verification' | 'register' | 'alipay'}.${string}`>;

type By =
  | { resident: NonNullable<StubResident['answer']> }
  /** A resident of this ID number: too young, or known to an account. */
  | { idNumber: string }
  | { entity: RegisterAnswer }
  | { state: StubEnterprise['state'] }
  | { alipay: AlipayMood }
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
  'alipay.unavailable': { alipay: 'down' },
  'alipay.untrusted': { alipay: 'wrong-key' },
  'alipay.code-used': { alipay: 'code-used' },
  'alipay.clock': { alipay: 'clock' },
  'alipay.company': { alipay: 'company' },
  'alipay.denied': 'history',
  'alipay.other-browser': 'history',
  'alipay.state-used': 'history',
  'alipay.gone': 'history',
  'alipay.unknown': 'history',
  'alipay.bound-elsewhere': 'history',
  'alipay.account-has-another': 'history',
  'alipay.person-differs': 'history',
  'alipay.uncertified': 'history',
  'alipay.only-way-in': 'history',
  'alipay.not-bound': 'history',
  'alipay.not-own': 'history',
  'alipay.password-or-code': 'history',
};

/** Whoever is to be typed in to meet a refusal. */
export interface Provoker {
  code: Asked;
  resident?: StubResident;
  entity?: StubEnterprise;
  alipay?: StubAlipayUser;
}

const isMeant = (by: Exclude<By, 'history'>, { resident, entity, alipay }: Omit<Provoker, 'code'>): boolean => {
  if ('resident' in by) return resident?.answer === by.resident;
  if ('idNumber' in by) return resident?.idNumber === by.idNumber;
  if ('alipay' in by) return alipay?.answer === by.alipay;
  if ('entity' in by) return entity?.answer === by.entity;
  return entity?.state === by.state && entity.answer === undefined;
};

/** Who provokes which refusal, of those that the stubs know here. */
export function provokers(
  residents: readonly StubResident[],
  entities: readonly StubEnterprise[],
  users: readonly StubAlipayUser[],
): Provoker[] {
  const all = [
    ...residents.map((resident) => ({ resident })),
    ...entities.map((entity) => ({ entity })),
    ...users.map((alipay) => ({ alipay })),
  ];
  return (Object.entries(PROVOKED_BY) as [Asked, By][]).flatMap(([code, by]) => {
    const found = by === 'history' ? undefined : all.find((one) => isMeant(by, one));
    return found ? [{ code, ...found }] : [];
  });
}
