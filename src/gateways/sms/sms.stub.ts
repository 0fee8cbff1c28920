import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { texts } from '../../locales/texts.js';
import type { Phone } from '../../shared/phone.js';
import { SentMessages } from './sent-messages.js';
import { SmsGateway } from './sms.gateway.js';
import type { SmsMessage } from './sms.gateway.js';

/** Stands in for the operator in demonstrations and tests: keeps the message for the sandbox. */
@Injectable()
export class SmsStub extends SmsGateway {
  constructor(
    private readonly messages: SentMessages,
    private readonly jurisdiction: Jurisdiction,
  ) {
    super();
  }

  async send(phone: Phone, { purpose, ...values }: SmsMessage): Promise<void> {
    const text = texts('zh-CN').sms[purpose]({ sign: this.jurisdiction.smsSign, ...values });
    // A code that counts for minutes is one to type; what a notice carries is part of its text.
    await this.messages.add(phone, text, values.minutes === undefined ? undefined : values.code);
  }
}
