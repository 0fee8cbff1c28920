import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { SmsSending } from '../../identity/codes/sms-sending.service.js';
import { Clock } from '../../shared/clock.js';
import { CreditCode } from '../../shared/credit-code.js';
import { Refusal } from '../../shared/refusal.js';
import { Jobs } from '../../storage/jobs.service.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import { Speakers } from './speakers.service.js';

const JOB = 'entity-reset.code';
/** Of the sealed message, and its owner: whose it is is not known yet. */
const MEANING = 'entity-reset.message';
const OWNER = 'reset';

interface Message {
  creditCode: string;
  code: string;
  minutes: number;
  until: number;
}

/**
 * The code goes out with nobody waiting: that there is such an entity, and that it has a number, is found out only here, so
 * that neither wording nor time tells whoever asks (DESIGN 6).
 */
@Injectable()
export class ResetMessages implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly cipher: ServiceCipher,
    private readonly speakers: Speakers,
    private readonly sending: SmsSending,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async ({ sealed }) => this.send(String(sealed)));
  }

  /** @param minutes how long the code counts */
  async queue(creditCode: CreditCode, code: string, minutes: number): Promise<void> {
    const until = this.clock.ms() + minutes * 60_000;
    const message: Message = { creditCode: creditCode.reveal(), code, minutes, until };
    const sealed = this.cipher.seal(MEANING, OWNER, JSON.stringify(message)).toString('base64');
    await this.db.transaction(async (tx) => this.jobs.add(tx, { kind: JOB, payload: { sealed } }));
  }

  private async send(sealed: string): Promise<void> {
    const text = this.cipher.open(MEANING, OWNER, Buffer.from(sealed, 'base64'));
    const { creditCode, code, minutes, until } = JSON.parse(text) as Message;
    if (until <= this.clock.ms()) return;
    const to = await this.speakers.ofCode(CreditCode.fromCanonical(creditCode));
    if (!to) return;
    await this.sending
      .deliver(to.phone, { purpose: 'entity-reset', object: to.entityName, code, minutes })
      .catch(unlessRefused);
  }
}

/** A number that has had its messages for now gets no more, whoever asks; a message that failed is tried again. */
function unlessRefused(problem: unknown): void {
  if (!(problem instanceof Refusal)) throw problem;
}
