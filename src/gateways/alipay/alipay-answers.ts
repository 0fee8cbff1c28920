import type { AlipayApp, AlipayField } from '../../config/alipay-account.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import type { AlipayPerson } from './alipay.gateway.js';
import { AlipayRefused } from './alipay.gateway.js';
import type { AlipayAnswer } from './alipay-envelope.js';
import { AlipayUser } from './alipay-user.js';

/** `user_type` of a company, `cert_type` of a resident ID card, `user_status` of somebody in good standing. */
const COMPANY = '1';
const ID_CARD: readonly unknown[] = [undefined, '0', 'IDENTITY_CARD'];
const GOOD_STANDING: readonly unknown[] = [undefined, 'T'];
const OK = '10000';

const text = (answer: AlipayAnswer, name: string): string | undefined => {
  const value = answer[name];
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : undefined;
};

/** What an answer was, by its codes: they are words without data. `undefined` when it is what was asked for. */
export function faultIn(answer: AlipayAnswer): { code: string; subCode: string } | undefined {
  const code = text(answer, 'code');
  if (code === undefined || code === OK) return undefined;
  return { code, subCode: text(answer, 'sub_code')?.replace(/[^\w.-]/g, '') ?? '-' };
}

/** @throws {AlipayRefused} untrusted for an answer that names nobody */
export function userIn(answer: AlipayAnswer, { userId: kind }: AlipayApp, appId: string): AlipayUser {
  const number = text(answer, kind);
  if (!number) throw new AlipayRefused('untrusted', `an answer without ${kind}`);
  return AlipayUser.of(kind, appId, number);
}

/** What cannot be read is as if it had not been given. */
function readable<T>(raw: string | undefined, read: (raw: string) => T): T | undefined {
  try {
    return raw === undefined ? undefined : read(raw);
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined;
    throw refusal;
  }
}

/**
 * What Alipay says of a person, as far as the app may see it. Name and number count only together, of an ID card.
 * @throws {AlipayRefused} company
 */
export function personIn(answer: AlipayAnswer, { fields }: AlipayApp, user: AlipayUser, now: Date): AlipayPerson {
  if (answer['user_type'] === COMPANY) throw new AlipayRefused('company', 'a company’s Alipay');
  const seen = <T>(field: AlipayField, name: string, read: (raw: string) => T): T | undefined =>
    fields.includes(field) ? readable(text(answer, name), read) : undefined;
  const vouched = seen('certified', 'is_certified', (raw) => raw === 'T') ?? false;
  const isCard = ID_CARD.includes(answer['cert_type']);
  return {
    user,
    certified: vouched && isCard && GOOD_STANDING.includes(answer['user_status']),
    name: seen('name', 'user_name', (raw) => PersonName.parse(raw)),
    idNumber: isCard ? seen('id-number', 'cert_no', (raw) => ResidentId.parse(raw, now)) : undefined,
    phone: seen('phone', 'mobile', (raw) => Phone.parse(raw)),
  };
}
