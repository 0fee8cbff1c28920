import { randomUUID } from 'node:crypto';
import dysms from '@alicloud/dysmsapi20170525';
import type { Phone } from '../../shared/phone.js';
import { AliyunDoor } from '../aliyun.js';
import type { AliyunAccount } from '../aliyun.js';
import type { OutboundFetch } from '../outbound.js';
import { GatewayDown, OutsideParty } from '../outside-party.js';
import { SmsGateway } from './sms.gateway.js';
import type { SmsMessage, SmsPurpose } from './sms.gateway.js';

const { default: Dysms, SendSmsRequest } = dysms;

export interface AliyunSmsAccount extends AliyunAccount {
  sign: string;
  templates: Readonly<Record<SmsPurpose, string>>;
}

/** Refused for the number, the template or our account: nothing was sent. `isp.SYSTEM_ERROR` says no such thing. */
const NOT_SENT = /^isv\.|LIMIT_CONTROL|RAM_PERMISSION_DENY/;

/** The template's variables, as text. */
function variables(values: Omit<SmsMessage, 'purpose'>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(given.map(([name, value]) => [name, String(value)])));
}

/**
 * Alibaba Cloud's SMS service (`SendSms`, 2017-05-25), one approved template a purpose. The operation is not idempotent, so
 * what may have been sent is never sent again by itself.
 */
export class AliyunSmsClient extends SmsGateway {
  private readonly party = new OutsideParty('sms operator');
  private readonly door: AliyunDoor;

  constructor(
    private readonly account: AliyunSmsAccount,
    outbound: OutboundFetch,
  ) {
    super();
    this.door = new AliyunDoor(account, outbound);
  }

  async send(phone: Phone, { purpose, ...values }: SmsMessage): Promise<void> {
    const outId = randomUUID();
    const request = new SendSmsRequest({
      phoneNumbers: phone.national,
      signName: this.account.sign,
      templateCode: this.account.templates[purpose],
      templateParam: variables(values),
      outId,
    });
    const code = await this.party.ask(async (signal) => {
      const { body } = await this.door.client(Dysms, outId, signal).sendSms(request);
      const told = body?.code ?? '-';
      if (told !== 'OK' && !NOT_SENT.test(told)) throw new Error(`answered ${told}`);
      return told;
    });
    // An operator that refuses one number is up: the breaker has not seen it.
    if (code !== 'OK') throw new GatewayDown('sms operator', new Error(code));
  }
}
