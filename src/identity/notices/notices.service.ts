import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { SmsGateway } from '../../gateways/sms/sms.gateway.js';
import type { NoticePurpose } from '../../gateways/sms/sms.gateway.js';
import { Phone } from '../../shared/phone.js';
import { chinaDay } from '../../shared/china-time.js';
import { Unavailable } from '../../shared/refusal.js';
import { Jobs } from '../../storage/jobs.service.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import type { Tx } from '../../storage/transactions.js';
import { Persons } from '../accounts/persons.service.js';

const JOB = 'notice';
const MEANING = 'notice.message';

export interface Notice {
  account: string;
  purpose: NoticePurpose;
  /** The number to tell; the account's own unless given: the old one after a change. */
  phone?: Phone;
  /** A day the notice names. */
  due?: Date;
  /** A code the notice carries. */
  code?: string;
}

interface Sealed {
  phone?: string;
  date?: string;
  code?: string;
}

/** What an account is told of afterwards, by SMS: a job of the commit that it tells of (DESIGN 6). */
@Injectable()
export class Notices implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly gateway: SmsGateway,
    private readonly persons: Persons,
    private readonly cipher: ServiceCipher,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async (payload) => this.send(payload as unknown as Parameters<Notices['send']>[0]));
  }

  async tell(tx: Tx, { account, purpose, phone, due, code }: Notice): Promise<void> {
    const message: Sealed = { phone: phone?.reveal(), date: due && chinaDay(due), code };
    const sealed = this.cipher.seal(MEANING, account, JSON.stringify(message)).toString('base64');
    await this.jobs.add(tx, { kind: JOB, payload: { account, purpose, sealed } });
  }

  /** An account without a number (an Alipay-made one) is told on its pages only. */
  private async send(job: { account: string; purpose: NoticePurpose; sealed: string }): Promise<void> {
    const text = this.cipher.open(MEANING, job.account, Buffer.from(job.sealed, 'base64'));
    const { phone, ...values } = JSON.parse(text) as Sealed;
    const to = phone === undefined ? (await this.persons.find(job.account))?.phone : Phone.fromCanonical(phone);
    if (!to) return;
    const message = { purpose: job.purpose, object: this.jurisdiction.portalName['zh-CN'], ...values };
    await this.gateway.send(to, message).catch(notWithinTheMinute);
  }
}

/** A notice whose answer was lost may have arrived: the same person does not get it twice within the minute. */
function notWithinTheMinute(problem: unknown): never {
  if (problem instanceof GatewayDown && problem.mayHaveArrived) throw new Unavailable('sms operator', 60, problem);
  throw problem;
}
