import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { Limits } from '../limits/limits.service.js';
import type { SmsRequest } from './sms-request.js';

/** The wait between two messages to a number, and the caps. */
@Injectable()
export class SmsBudget {
  private readonly table: Jurisdiction['limits']['sms'];

  constructor(
    private readonly store: ShortLived,
    private readonly limits: Limits,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
    private readonly env: Env,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.sms;
  }

  /** @returns what gives the wait back when nothing was sent @throws {Refusal} sms.too-soon, sms.hour-cap-number, sms.day-cap-* */
  async spend({ phone, address, device }: SmsRequest): Promise<() => Promise<void>> {
    return this.paid(phone, async (target) => this.count(target, address, device));
  }

  /** As `spend`, where who asks has been counted already. @throws {Refusal} sms.too-soon, sms.hour-cap-number, sms.day-cap-number */
  async spendNumber(phone: Phone): Promise<() => Promise<void>> {
    return this.paid(phone, async (target) => this.countNumber(target));
  }

  private async paid(phone: Phone, count: (target: string) => Promise<void>): Promise<() => Promise<void>> {
    const target = this.blind.text('phone', phone.reveal());
    await this.wait(target);
    const giveBack = async () => this.store.delete(storeKey('sms-wait', target));
    try {
      await count(target);
    } catch (refusal) {
      await giveBack();
      throw refusal;
    }
    return giveBack;
  }

  /** Who asks is counted before whom it is about: an address at its cap cannot use up a stranger's number. */
  private async count(target: string, address: string, device?: string): Promise<void> {
    const { perAddressDay, perDeviceDay, serviceHour } = this.table;
    await this.limits.count('sms', 'address', address, perAddressDay, 'day', 'sms.day-cap-address');
    if (device) await this.limits.count('sms', 'device', device, perDeviceDay, 'day', 'sms.day-cap-device');
    await this.limits.count('sms', 'service', '', serviceHour, 'hour', 'sms.day-cap-service');
    await this.countNumber(target);
  }

  private async countNumber(target: string): Promise<void> {
    const { perNumberHour, perNumberDay } = this.table;
    await this.limits.count('sms', 'target', target, perNumberHour, 'hour', 'sms.hour-cap-number');
    await this.limits.count('sms', 'target', target, perNumberDay, 'day', 'sms.day-cap-number');
  }

  /** A message to the same number within the wait is refused, whoever asks. */
  private async wait(target: string): Promise<void> {
    if (!this.env.limits) return;
    const key = storeKey('sms-wait', target);
    const now = this.clock.ms();
    const until = String(now + this.table.resendSeconds * 1000);
    if (await this.store.once(key, this.table.resendSeconds, until)) return;
    const kept = (await this.store.get(key)) ?? '0';
    const over = Number(kept) <= now && (await this.store.replaceIf(key, kept, until, this.table.resendSeconds));
    if (over) return;
    const seconds = Math.max(1, Math.ceil((Number(kept) - now) / 1000));
    throw new Refusal('sms.too-soon', { field: 'smsCode', retryAfter: seconds, values: { seconds } });
  }
}
