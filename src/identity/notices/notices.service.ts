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
import { Profiles } from '../accounts/profiles.service.js';

const JOB = 'notice';
const MEANING = 'notice.message';
/** Owner of a message to a number that may be nobody's. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface Notice {
  /** Whose number is told; without one, `phone` is. */
  account?: string;
  purpose: NoticePurpose;
  /** The number to tell; the account's own unless given: the old one after a change. */
  phone?: Phone;
  /** What it is about, the portal unless given. */
  object?: string;
  /** A day the notice names. */
  due?: Date;
  /** A code the notice carries. */
  code?: string;
  /** When it is sent; at once unless given. */
  at?: Date;
}

interface Job {
  account: string;
  purpose: NoticePurpose;
  sealed: string;
}

interface Sealed {
  phone?: string;
  object?: string;
  date?: string;
  code?: string;
}

/** What an account is told of afterwards, by SMS: a job of the commit that it tells of (DESIGN 6). */
@Injectable()
export class Notices implements OnModuleInit {
  private readonly lost = new Map<NoticePurpose, (account: string) => Promise<void>>();

  constructor(
    private readonly jobs: Jobs,
    private readonly gateway: SmsGateway,
    private readonly profiles: Profiles,
    private readonly cipher: ServiceCipher,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  onModuleInit(): void {
    const lost = async ({ purpose, account }: Job) => this.lost.get(purpose)?.(account);
    this.jobs.handle(JOB, async (payload) => this.send(payload as unknown as Job), {
      lost: async (payload) => lost(payload as unknown as Job),
    });
  }

  /** @param undo what follows when a notice of this purpose could not be sent, however often it was tried */
  whenLost(purpose: NoticePurpose, undo: (account: string) => Promise<void>): void {
    this.lost.set(purpose, undo);
  }

  async tell(tx: Tx, { account = NOBODY, purpose, phone, object, due, code, at }: Notice): Promise<void> {
    const message: Sealed = { phone: phone?.reveal(), object, date: due && chinaDay(due), code };
    const sealed = this.cipher.seal(MEANING, account, JSON.stringify(message)).toString('base64');
    await this.jobs.add(tx, { kind: JOB, payload: { account, purpose, sealed } satisfies Job, due: at });
  }

  /** An account without a number (an Alipay-made one) is told on its pages only. */
  private async send(job: Job): Promise<void> {
    const text = this.cipher.open(MEANING, job.account, Buffer.from(job.sealed, 'base64'));
    const { phone, ...values } = JSON.parse(text) as Sealed;
    const to = phone === undefined ? await this.profiles.phoneOf(job.account) : Phone.fromCanonical(phone);
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
