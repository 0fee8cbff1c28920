import type { IdentifierKind } from '../../shared/account.js';
import { CreditCode } from '../../shared/credit-code.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import type { Sensitive } from '../../shared/sensitive.js';
import { UserName } from '../../shared/user-name.js';

export interface Identifier {
  kind: IdentifierKind;
  value: Sensitive;
}

const READERS: Partial<Record<IdentifierKind, (raw: string) => Sensitive>> = {
  phone: (raw) => Phone.parse(raw),
  // No account holds a birthday to come, so any day will do to compare with.
  'resident-id': (raw) => ResidentId.parse(raw, new Date(8.64e15)),
  'user-name': (raw) => UserName.parse(raw).skeleton,
  'credit-code': (raw) => CreditCode.parse(raw),
};

function read(kind: IdentifierKind, raw: string): Identifier[] {
  try {
    const value = READERS[kind]?.(raw);
    return value ? [{ kind, value }] : [];
  } catch (refusal) {
    if (refusal instanceof Refusal) return [];
    throw refusal;
  }
}

/** One field recognises what it is: a number, an ID number, a user name, a credit code; `undefined` for what can be no account's. */
export const recognise = (raw: string, allowed: readonly IdentifierKind[]): Identifier | undefined =>
  allowed.flatMap((kind) => read(kind, raw))[0];
