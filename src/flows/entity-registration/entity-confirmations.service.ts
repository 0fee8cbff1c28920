import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Representatives } from '../../identity/accounts/representatives.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import type { EntityAccountForm } from './entity-account.form.js';
import { EntityCodes } from './entity-codes.service.js';
import type { EntityCode } from './entity-codes.service.js';
import type { CheckedEntity } from './kept-entity.js';

/** From where a form comes: for limits. */
export interface Origin {
  address: string;
  device?: string;
}

/** What the second page shows of its codes. */
export interface Stages {
  /** Of `smsCode`. */
  main: CodeStage;
  /** Of `representativeCode`, where both are asked for. */
  representative?: CodeStage;
}

/**
 * Which code goes to whom. Where the representative comes first, the one code is theirs. Elsewhere a contact number has one,
 * and the representative's account another; where both are the same number, the representative's is enough.
 */
@Injectable()
export class EntityConfirmations {
  constructor(
    private readonly codes: EntityCodes,
    private readonly representatives: Representatives,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} phone.*, captcha.*, sms.*, representative.away */
  async send(cid: string, entity: CheckedEntity, form: EntityAccountForm, origin: Origin): Promise<void> {
    const theirs = await this.representativePhone(entity);
    const code = (role: EntityCode['role']): EntityCode => ({ role, cid, entity });
    const silent = { captcha: 'not-needed' as const, ...origin };
    const first = this.jurisdiction.representativeFirst || form.deed === 'representative-send';
    if (first && theirs) return this.codes.send(code('representative'), theirs, silent);
    const phone = Phone.parse(form.phone ?? '');
    if (theirs?.reveal() === phone.reveal()) return this.codes.send(code('representative'), phone, silent);
    const captcha = { id: form.captchaId, text: form.captcha };
    await this.codes.send(code('contact'), phone, { captcha, ...origin });
  }

  /** @param contact the contact number, where one is asked for @throws {Refusal} sms-code.*, representative.away */
  async prove(cid: string, entity: CheckedEntity, form: EntityAccountForm, contact?: Phone): Promise<void> {
    const theirs = await this.proveContact(cid, entity, form, contact);
    if (!theirs || theirs.reveal() === contact?.reveal()) return;
    const field = contact ? 'representativeCode' : 'smsCode';
    await this.codes.prove({ role: 'representative', cid, entity }, theirs, form[field], field);
  }

  /**
   * Of the codes the contact number's alone: the representative's where it is the same number.
   * @returns the representative's number @throws {Refusal} sms-code.*, representative.*
   */
  async proveContact(
    cid: string,
    entity: CheckedEntity,
    form: EntityAccountForm,
    contact?: Phone,
  ): Promise<Phone | undefined> {
    const theirs = await this.representativePhone(entity);
    const role = theirs?.reveal() === contact?.reveal() ? 'representative' : 'contact';
    if (contact) await this.codes.prove({ role, cid, entity }, contact, form.smsCode, 'smsCode');
    return theirs;
  }

  async stages(cid: string, entity: CheckedEntity, address: string, refusal?: Refusal): Promise<Stages> {
    const stage = async (role: EntityCode['role']) => this.codes.stage({ role, cid, entity }, address, refusal);
    if (this.jurisdiction.representativeFirst) return { main: await stage('representative') };
    const main = await stage('contact');
    return entity.representativeAccount ? { main, representative: await stage('representative') } : { main };
  }

  private async representativePhone({ representativeAccount }: CheckedEntity): Promise<Phone | undefined> {
    return representativeAccount ? this.representatives.phoneOf(representativeAccount) : undefined;
  }
}
