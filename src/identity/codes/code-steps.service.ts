import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { CodePurpose } from '../../gateways/sms/sms.gateway.js';
import type { Phone } from '../../shared/phone.js';
import { ProvedNumbers } from './proved-numbers.service.js';
import { SmsCodes } from './sms-codes.service.js';

/** A page of a session that asks for one code to one number. */
export interface CodeStep {
  purpose: CodePurpose;
  phone: Phone;
  /** The session, apart for each number that it proves. */
  binding: string;
  /** What the message is about, the portal unless given. */
  object?: string;
  smsCode?: string;
  /** Which button, or none for Enter, which does what is due. */
  deed?: string;
  /** The button that judges the code; the other one sends it. */
  main: string;
  origin: { address: string; device?: string };
}

/** Sends the code or judges it, as the page's buttons ask; what is proved is asked no second time. */
@Injectable()
export class CodeSteps {
  constructor(
    private readonly codes: SmsCodes,
    private readonly proved: ProvedNumbers,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} sms.*, sms-code.* */
  async take({ purpose, phone, binding, object, smsCode, deed, main, origin }: CodeStep): Promise<'sent' | 'proved'> {
    if (await this.proved.is(binding, phone)) return 'proved';
    const sent = await this.codes.sent(purpose, binding);
    if (deed !== main && (deed === 'sms-send' || sent?.phone.reveal() !== phone.reveal())) {
      const about = object ?? this.jurisdiction.portalName['zh-CN'];
      await this.codes.send({ purpose, phone, binding, captcha: 'not-needed', object: about, ...origin });
      return 'sent';
    }
    await this.codes.prove({ purpose, phone, binding, code: smsCode ?? '' });
    await this.proved.keep(binding, phone);
    return 'proved';
  }
}
