import type { EntityDraft } from '../../identity/accounts/entities.service.js';
import type { AcceptedAgreement } from '../../identity/accounts/agreements.service.js';
import { Phone } from '../../shared/phone.js';
import { SecretText } from '../../shared/secret-text.js';
import { UserName } from '../../shared/user-name.js';
import type { JudgedAccount } from './entity-account-judge.service.js';
import { checkedOf, keptOf } from './kept-entity.js';
import type { CheckedEntity, KeptEntity } from './kept-entity.js';

interface Kept {
  entity: KeptEntity;
  passwordHash: string;
  userName?: string;
  phone?: string;
  agreement: { version: string; textHash: string; acceptedAt: number };
}

/** A registration that waits for the representative's word, ready to be made an account. */
export interface WaitingRegistration extends JudgedAccount {
  entity: EntityDraft;
}

/** As a request keeps it, which seals it. */
export function keptRegistration(entity: CheckedEntity, account: JudgedAccount, agreement: AcceptedAgreement): object {
  const { version, textHash, acceptedAt } = agreement;
  return {
    entity: keptOf(entity),
    passwordHash: account.passwordHash.reveal(),
    userName: account.userName?.reveal(),
    phone: account.phone?.reveal(),
    agreement: { version, textHash: textHash.toString('base64'), acceptedAt: acceptedAt.getTime() },
  } satisfies Kept;
}

export function registrationOf(draft: object): WaitingRegistration {
  const { entity, passwordHash, userName, phone, agreement } = draft as Kept;
  const { version, textHash, acceptedAt } = agreement;
  return {
    entity: {
      ...checkedOf(entity),
      confirmedThere: true,
      phone: phone === undefined ? undefined : Phone.fromCanonical(phone),
      agreement: { version, textHash: Buffer.from(textHash, 'base64'), acceptedAt: new Date(acceptedAt) },
    },
    passwordHash: SecretText.of(passwordHash),
    userName: userName === undefined ? undefined : UserName.fromCanonical(userName),
  };
}
