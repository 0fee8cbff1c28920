import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { Phone } from '../../shared/phone.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Records } from '../../storage/records.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { Limits } from '../limits/limits.service.js';
import { Captchas } from './captchas.service.js';

export interface CaptchaAnswer {
  id?: string;
  text?: string;
}

/** One answer covers the message and two resends to the same number within ten minutes (DESIGN 7). */
const COVERED = 3;
const COVERED_SECONDS = 600;
const PASS = 'captcha-pass';

/** A right answer; how often it was used is counted beside it, under its id. */
interface Pass {
  id: string;
}

interface Asking {
  phone: Phone;
  binding: string;
  address: string;
  captcha: CaptchaAnswer | 'not-needed';
}

/** The picture before a message: always where the province asks for it, elsewhere when an address asks a lot. */
@Injectable()
export class SmsCaptcha {
  constructor(
    private readonly captchas: Captchas,
    private readonly records: Records,
    private readonly store: ShortLived,
    private readonly limits: Limits,
    private readonly blind: BlindIndex,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Whether a page reached from this address shows a picture before a message. */
  async due(address: string): Promise<boolean> {
    if (this.jurisdiction.captchaBeforeSms) return true;
    return (await this.limits.seen('sms', 'address', address, 'day')) >= this.jurisdiction.limits.sms.captchaAfter;
  }

  /** @returns what gives the answer back when no message was sent @throws {Refusal} captcha.missing, .wrong, .expired */
  async pass({ phone, binding, address, captcha }: Asking): Promise<() => Promise<void>> {
    if (captcha === 'not-needed' || !(await this.due(address))) return async () => undefined;
    const place = this.place(binding, phone);
    const earlier = captcha.text ? undefined : await this.records.get<Pass>(PASS, place);
    if (earlier && (await this.use(earlier.id, 1)) <= COVERED) return async () => void (await this.use(earlier.id, -1));
    await this.captchas.solve(captcha.id, captcha.text, binding);
    const id = randomUUID();
    await this.records.put(PASS, place, { id } satisfies Pass, COVERED_SECONDS);
    await this.use(id, 1);
    return async () => void (await this.use(id, -1));
  }

  /** Whether an earlier answer of this journey still covers this number. */
  async isCovered(binding: string, phone: Phone): Promise<boolean> {
    const pass = await this.records.get<Pass>(PASS, this.place(binding, phone));
    return pass !== undefined && (await this.use(pass.id, 0)) < COVERED;
  }

  /** @returns messages that one answer has been used for */
  private async use(id: string, by: number): Promise<number> {
    return this.store.increment(storeKey('captcha-used', id), COVERED_SECONDS, by);
  }

  private place(binding: string, phone: Phone): string {
    return `${binding}|${this.blind.text('phone', phone.reveal())}`;
  }
}
