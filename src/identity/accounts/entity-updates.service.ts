import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import type { EntityName } from '../../shared/entity-name.js';
import { Activity } from '../activity/activity.service.js';
import type { Tx } from '../../storage/transactions.js';
import { AccountEntity } from './account.entity.js';
import type { PersonClaim, RegisterCheck } from './entity-checks.service.js';
import { LegalEntityEntity } from './legal-entity.entity.js';
import type { RegisterFinding, RegisterSays } from './register-says.js';

/** Whether the register confirms an entity, and its representative. */
export type Confirmation = Pick<LegalEntityEntity, 'registerSays' | 'representativeLeft'>;

/** What changes about a legal entity once it has an account: how the register says that it stands, who stands for it. */
@Injectable()
export class EntityUpdates {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down what the register says of the entity now: what it does not confirm has no level.
   * @returns how it stood before and stands now: of any number of answers at once, one brings the change; `undefined` when
   * the account has been closed meanwhile
   */
  async hear(
    tx: Tx,
    accountId: string,
    { says, representativeLeft: left, reference }: RegisterFinding,
  ): Promise<Record<'before' | 'now', Confirmation> | undefined> {
    const lock = { where: { accountId }, lock: { mode: 'pessimistic_write' } } as const;
    const before = await tx.findOne(LegalEntityEntity, lock);
    if (!before) return undefined;
    const now: Confirmation = { registerSays: says, representativeLeft: left ?? before.representativeLeft };
    const at = this.clock.now();
    const agrees = says === 'agrees' && !now.representativeLeft;
    const checked = agrees ? { checkedAt: at, registerReference: reference } : {};
    await tx.update(LegalEntityEntity, { accountId }, { ...now, ...checked, askedAt: at });
    if (says !== before.registerSays) await this.setLevel(tx, accountId, says);
    return { before, now };
  }

  /** The name that the register confirms now. */
  async rename(tx: Tx, accountId: string, name: EntityName): Promise<void> {
    const sealed = await this.cipher.seal(tx, accountId, 'entity.name', name.reveal());
    await tx.update(LegalEntityEntity, { accountId }, { name: sealed, updatedAt: this.clock.now() });
    await this.activity.record(tx, { account: accountId, kind: 'entity-renamed' });
  }

  /**
   * The representative whom the register names now takes over.
   * @param next.account their own account, where they have one
   */
  async changeRepresentative(
    tx: Tx,
    accountId: string,
    { representative, account, checked }: { representative: PersonClaim; account?: string; checked: RegisterCheck },
  ): Promise<void> {
    const seal = async (meaning: string, value: { reveal: () => string }) =>
      this.cipher.seal(tx, accountId, `entity.representative.${meaning}`, value.reveal());
    await tx.update(
      LegalEntityEntity,
      { accountId },
      {
        representativeName: await seal('name', representative.name),
        representativeIdNumber: await seal('id-number', representative.idNumber),
        representativeAccountId: account ?? null,
        representativeSince: this.clock.now(),
        representativeLeft: false,
        registerSays: 'agrees',
        checkedAt: checked.at,
        askedAt: checked.at,
        registerReference: checked.reference,
        updatedAt: this.clock.now(),
      },
    );
    await this.setLevel(tx, accountId, 'agrees');
  }

  /** Another contact number, which a code of its own has proved. */
  async changeContact(tx: Tx, accountId: string, phone: Phone): Promise<void> {
    const sealed = await this.cipher.seal(tx, accountId, 'entity.phone', phone.reveal());
    await tx.update(LegalEntityEntity, { accountId }, { phone: sealed, updatedAt: this.clock.now() });
  }

  private async setLevel(tx: Tx, accountId: string, says: RegisterSays): Promise<void> {
    await tx.update(AccountEntity, { id: accountId }, { level: says === 'agrees' ? 1 : 0 });
  }
}
