import { Injectable } from '@nestjs/common';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { SmsRequest } from '../../identity/codes/sms-request.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { CheckedEntity } from './kept-entity.js';

/** One code of this registration: whose it is, and for which entity. */
export interface EntityCode {
  role: 'representative' | 'contact';
  cid: string;
  entity: CheckedEntity;
}

const PURPOSES = { representative: 'entity-registration', contact: 'entity-contact' } as const;

/** A code that confirmed one entity counts for no other: the message has named the first. */
const bindingOf = ({ role, cid, entity }: EntityCode): string => `${cid}|${role}|${entity.creditCode.reveal()}`;

/** The codes of an entity's registration: the representative's word for it, and the proof of a contact number. */
@Injectable()
export class EntityCodes {
  constructor(
    private readonly codes: SmsCodes,
    private readonly stages: CodeStages,
    private readonly proved: ProvedNumbers,
  ) {}

  /** The message names the entity. @throws {Refusal} captcha.*, sms.* */
  async send(code: EntityCode, phone: Phone, more: Pick<SmsRequest, 'captcha' | 'address' | 'device'>): Promise<void> {
    const object = code.entity.name.reveal();
    await this.codes.send({ purpose: PURPOSES[code.role], phone, binding: bindingOf(code), object, ...more });
  }

  /** What is proved in this journey is asked no second time. @throws {Refusal} sms-code.* at `field` */
  async prove(code: EntityCode, phone: Phone, typed: string | undefined, field: string): Promise<void> {
    const binding = bindingOf(code);
    if (await this.proved.is(binding, phone)) return;
    await this.codes
      .prove({ purpose: PURPOSES[code.role], phone, binding, code: typed ?? '' })
      .catch((refusal: unknown) => {
        throw refusal instanceof Refusal ? refusal.at(field) : refusal;
      });
    await this.proved.keep(binding, phone);
  }

  async isProved(code: EntityCode, phone: Phone): Promise<boolean> {
    return this.proved.is(bindingOf(code), phone);
  }

  /** The representative's number is shown to nobody, and no picture stands before a message to it. */
  async stage(code: EntityCode, address: string, refusal?: Refusal): Promise<CodeStage> {
    const hidden = code.role === 'representative';
    const stage = await this.stages.of({
      purpose: PURPOSES[code.role],
      binding: bindingOf(code),
      address,
      refusal,
      ...(hidden ? { captcha: 'not-needed' as const } : {}),
    });
    if (!hidden || !stage.sent) return stage;
    return { sent: { ...stage.sent, phone: '', maskedPhone: '' } };
  }
}
