import { Injectable } from '@nestjs/common';
import type { SmsMessage } from '../../gateways/sms/sms.gateway.js';
import type { Phone } from '../../shared/phone.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { SmsGateway } from '../../gateways/sms/sms.gateway.js';
import { Refusal } from '../../shared/refusal.js';
import { SmsBudget } from './sms-budget.service.js';
import { SmsCaptcha } from './sms-captcha.service.js';
import type { SmsRequest } from './sms-request.js';

/** What stands between a request and a message: captcha, wait, caps per number, address, device and service. */
@Injectable()
export class SmsSending {
  constructor(
    private readonly gateway: SmsGateway,
    private readonly captcha: SmsCaptcha,
    private readonly budget: SmsBudget,
  ) {}

  /**
   * @returns whether the operator's answer was lost: the message may be on its way, so that nothing is given back and the
   * wait before the next one runs
   * @throws {Refusal} captcha.*, sms.too-soon, sms.hour-cap-number, sms.day-cap-*, sms.unavailable
   */
  async send(request: SmsRequest, code: string, minutes: number): Promise<'sent' | 'unclear'> {
    const unpass = await this.captcha.pass(request);
    try {
      return await this.paid(request, code, minutes);
    } catch (problem) {
      await unpass();
      if (problem instanceof GatewayDown) throw new Refusal('sms.unavailable', { status: 503 });
      throw problem;
    }
  }

  /**
   * To a number that whoever asked does not know, who has paid already: only the number's own wait and caps count.
   * @throws {Refusal} sms.too-soon, sms.hour-cap-number, sms.day-cap-number @throws {GatewayDown} nothing was sent
   */
  async deliver(phone: Phone, message: SmsMessage): Promise<void> {
    await this.sent(await this.budget.spendNumber(phone), async () => this.gateway.send(phone, message));
  }

  private async paid(request: SmsRequest, code: string, minutes: number): Promise<'sent' | 'unclear'> {
    const { phone, purpose, object, deliver } = request;
    const unspend = await this.budget.spend(request);
    return this.sent(
      unspend,
      async () => deliver?.(code) ?? this.gateway.send(phone, { purpose, code, object, minutes }),
    );
  }

  private async sent(unspend: () => Promise<void>, send: () => Promise<void>): Promise<'sent' | 'unclear'> {
    try {
      await send();
      return 'sent';
    } catch (problem) {
      if (problem instanceof GatewayDown && problem.mayHaveArrived) return 'unclear';
      await unspend();
      throw problem;
    }
  }
}
