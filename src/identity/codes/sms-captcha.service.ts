import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { Phone } from '../../shared/phone.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Limits } from '../limits/limits.service.js';
import { Captchas } from './captchas.service.js';

export interface CaptchaAnswer {
  id?: string;
  text?: string;
}

/** One answer covers the message and two resends to the same number within ten minutes (DESIGN 7). */
const COVERED = 3;
const COVERED_SECONDS = 600;

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

  /** @throws {Refusal} captcha.missing, .wrong, .expired */
  async pass({ phone, binding, address, captcha }: Asking): Promise<void> {
    if (captcha === 'not-needed' || !(await this.due(address))) return;
    const key = storeKey('captcha-pass', this.blind.text('device', `${binding}|${phone.reveal()}`));
    if (!captcha.text && (await this.covered(key))) return;
    await this.captchas.solve(captcha.id, captcha.text, binding);
    await this.store.set(key, '1', COVERED_SECONDS);
  }

  /** Whether an earlier answer of this journey still covers this number. */
  async isCovered(binding: string, phone: Phone): Promise<boolean> {
    const key = storeKey('captcha-pass', this.blind.text('device', `${binding}|${phone.reveal()}`));
    const used = Number((await this.store.get(key)) ?? COVERED);
    return used < COVERED;
  }

  private async covered(key: string): Promise<boolean> {
    if ((await this.store.get(key)) === undefined) return false;
    return (await this.store.increment(key, COVERED_SECONDS)) <= COVERED;
  }
}
