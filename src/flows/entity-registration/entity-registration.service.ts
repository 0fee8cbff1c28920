import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import { UserNames } from '../../identity/accounts/user-names.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { Database } from '../../storage/transactions.js';
import type { EntityAccountForm } from './entity-account.form.js';
import { EntityAccountJudge } from './entity-account-judge.service.js';
import type { JudgedAccount } from './entity-account-judge.service.js';
import { EntityConfirmations } from './entity-confirmations.service.js';
import type { Origin } from './entity-confirmations.service.js';
import type { CheckedEntity } from './entity-draft.service.js';

/** The second step: the account of an entity that the register has confirmed; one method a button. */
@Injectable()
export class EntityRegistration {
  constructor(
    private readonly db: Database,
    private readonly entities: Entities,
    private readonly userNames: UserNames,
    private readonly passwords: Passwords,
    private readonly judge: EntityAccountJudge,
    private readonly confirmations: EntityConfirmations,
  ) {}

  /** A password that is typed already is kept. @throws {Refusal} password.*, phone.*, captcha.*, sms.*, representative.away */
  async sendCode(cid: string, entity: CheckedEntity, form: EntityAccountForm, origin: Origin): Promise<void> {
    if (form.password.reveal() !== '') await this.judge.keepPassword(cid, form, origin.address);
    await this.confirmations.send(cid, entity, form, origin);
  }

  /**
   * Makes the account.
   * @throws {Refusal} password.*, user-name.*, phone.*, agreement.*, sms-code.*, representative.away, entity.taken
   */
  async register(cid: string, entity: CheckedEntity, form: EntityAccountForm, address: string): Promise<string> {
    const judged = await this.judge.judge(cid, form, address);
    await this.confirmations.prove(cid, entity, form, judged.phone);
    return this.create(entity, judged);
  }

  private async create(entity: CheckedEntity, { passwordHash, userName, phone }: JudgedAccount): Promise<string> {
    return this.db.transaction(async (tx) => {
      const id = await this.entities.create(tx, { ...entity, phone });
      if (userName) await this.userNames.set(tx, id, userName);
      await this.passwords.set(tx, id, passwordHash);
      return id;
    });
  }
}
