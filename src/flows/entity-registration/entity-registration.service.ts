import { Injectable } from '@nestjs/common';
import { Database } from '../../storage/transactions.js';
import { EntityAsking } from './entity-asking.service.js';
import type { EntityAccountForm } from './entity-account.form.js';
import { EntityAccountJudge } from './entity-account-judge.service.js';
import { EntityConfirmations } from './entity-confirmations.service.js';
import type { Origin } from './entity-confirmations.service.js';
import { EntityMaking } from './entity-making.service.js';
import type { CheckedEntity } from './kept-entity.js';

/** The second step: the account of an entity that the register has confirmed; one method a button. */
@Injectable()
export class EntityRegistration {
  constructor(
    private readonly db: Database,
    private readonly making: EntityMaking,
    private readonly judge: EntityAccountJudge,
    private readonly confirmations: EntityConfirmations,
    private readonly asking: EntityAsking,
  ) {}

  /** A password that is typed already is kept. @throws {Refusal} password.*, phone.*, captcha.*, sms.*, representative.away */
  async sendCode(cid: string, entity: CheckedEntity, form: EntityAccountForm, origin: Origin): Promise<void> {
    if (form.password.reveal() !== '') await this.judge.keepPassword(cid, form, origin.address);
    await this.confirmations.send(cid, entity, form, origin);
  }

  /** Puts it down for the representative to confirm in their own user centre. @returns the request @throws {Refusal} as of `EntityAsking.ask` */
  async ask(cid: string, entity: CheckedEntity, form: EntityAccountForm, address: string): Promise<string> {
    return this.asking.ask(cid, entity, form, address);
  }

  /**
   * Makes the account.
   * @throws {Refusal} password.*, user-name.*, phone.*, agreement.*, sms-code.*, representative.away, entity.taken
   */
  async register(cid: string, entity: CheckedEntity, form: EntityAccountForm, address: string): Promise<string> {
    const judged = await this.judge.judge(cid, form, address);
    await this.confirmations.prove(cid, entity, form, judged.phone);
    const { passwordHash, userName, phone } = judged;
    return this.db.transaction(async (tx) => this.making.make(tx, { ...entity, phone }, passwordHash, userName));
  }
}
