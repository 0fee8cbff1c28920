import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { Limits } from '../limits/limits.service.js';

const LIFE_SECONDS = 3600;
const WRONG = 'sms-wrong';

/** Tries of codes: of a single one (with LIMITS=off too), and of a number over all its codes of a day. */
@Injectable()
export class CodeTries {
  constructor(
    private readonly store: ShortLived,
    private readonly limits: Limits,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Counts a try before it is judged. @returns tries left @throws {Refusal} sms-code.too-many-tries, .day-cap */
  async spend(codeId: string, target: string): Promise<number> {
    const { triesPerCode, wrongPerNumberDay } = this.jurisdiction.limits.sms;
    if (this.env.limits && (await this.limits.read(WRONG, target)) >= wrongPerNumberDay) {
      throw this.limits.closedTillTomorrow('sms-code.day-cap', { field: 'smsCode' });
    }
    const count = await this.store.increment(storeKey('sms-tries', codeId), LIFE_SECONDS);
    if (count > triesPerCode) throw new Refusal('sms-code.too-many-tries', { field: 'smsCode' });
    return triesPerCode - count;
  }

  /** Counts a wrong one. @returns the refusal to throw */
  async wrong(target: string, left: number): Promise<Refusal> {
    await this.limits.add(WRONG, target);
    if (left === 0) return new Refusal('sms-code.too-many-tries', { field: 'smsCode' });
    return new Refusal('sms-code.wrong', { field: 'smsCode', values: { left } });
  }
}
