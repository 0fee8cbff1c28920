import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { CircuitBreaker, GatewayDown } from '../circuit-breaker.js';
import type { OutboundFetch } from '../outbound.js';
import { SmsGateway } from './sms.gateway.js';
import type { SmsMessage } from './sms.gateway.js';

const ENDPOINT = 'https://dysmsapi.aliyuncs.com/';
const TIMEOUT_MS = 3000;

export interface AliyunSmsAccount {
  keyId: string;
  secret: string;
  sign: string;
  templates: Readonly<Record<string, string>>;
}

/** RFC 3986, as Aliyun's RPC signature wants it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Parameters with the signature of Aliyun's RPC style (HMAC-SHA1 over the sorted, encoded parameters). */
export function signedParameters(parameters: Record<string, string>, secret: string): string {
  const canonical = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`POST&%2F&${encode(canonical)}`)
    .digest('base64');
  return `Signature=${encode(signature)}&${canonical}`;
}

/** Aliyun's SMS service (`SendSms`, version 2017-05-25): the text is the approved template's. */
export class AliyunSmsClient extends SmsGateway {
  private readonly breaker: CircuitBreaker;

  constructor(
    private readonly account: AliyunSmsAccount,
    private readonly outbound: OutboundFetch,
    private readonly clock: Clock,
    private readonly endpoint = ENDPOINT,
  ) {
    super();
    this.breaker = new CircuitBreaker('sms operator', clock, TIMEOUT_MS);
  }

  async send(phone: Phone, message: SmsMessage): Promise<void> {
    const body = signedParameters(this.parameters(phone, message), this.account.secret);
    const code = await this.breaker.run(async (signal) => {
      const answer = await this.outbound.fetch(this.endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
        signal,
      });
      const { Code: told } = (await answer.json()) as { Code?: string };
      if (told === undefined) throw new Error(`sms operator answered ${answer.status}`);
      return told;
    });
    // An operator that refuses one number is up: it must not close the way for all the others.
    if (code !== 'OK') throw new GatewayDown('sms operator', new Error(code));
  }

  /** The template's variables, as text. */
  private values(values: Omit<SmsMessage, 'purpose'>): Record<string, string> {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  }

  private parameters(phone: Phone, { purpose, ...values }: SmsMessage): Record<string, string> {
    const template = this.account.templates[purpose];
    if (!template) throw new Error(`ALIYUN_SMS_TEMPLATES: no template for ${purpose}`);
    return {
      AccessKeyId: this.account.keyId,
      Action: 'SendSms',
      Format: 'JSON',
      PhoneNumbers: phone.national,
      SignName: this.account.sign,
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: randomUUID(),
      SignatureVersion: '1.0',
      TemplateCode: template,
      TemplateParam: JSON.stringify(this.values(values)),
      Timestamp: this.clock
        .now()
        .toISOString()
        .replace(/\.\d{3}Z$/, 'Z'),
      Version: '2017-05-25',
    };
  }
}
