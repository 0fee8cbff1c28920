import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Records } from '../../storage/records.js';
import type { CodePurpose } from '../../gateways/sms/sms.gateway.js';
import { CodeTries } from './code-tries.service.js';
import { SmsSending } from './sms-sending.service.js';
import type { SmsRequest } from './sms-request.js';

interface KeptCode {
  id: string;
  mac: string;
  phone: string;
  sentAt: number;
  expiresAt: number;
}

/** How long a dead code is remembered, so that the refusal can say what it died of. */
const REMEMBERED_SECONDS = 3600;
const CODE = 'sms-code';
const USED = 'sms-used';
const refuse = (code: 'missing' | 'none' | 'expired' | 'used' | 'other-number') =>
  new Refusal(`sms-code.${code}`, { field: 'smsCode' });

/** What a page says of the code that is on its way. */
export interface SentCode {
  phone: Phone;
  minutes: number;
  resendInSeconds: number;
}

/**
 * SMS codes: six digits, five minutes, five tries, bound to purpose, number and journey; only the newest counts; taken
 * once, kept as a keyed hash. An SMS proves a number, never a person (DESIGN 6).
 */
@Injectable()
export class SmsCodes {
  constructor(
    private readonly records: Records,
    private readonly sending: SmsSending,
    private readonly tries: CodeTries,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * Sends a code; whether the number has an account makes no difference.
   * @throws {Refusal} captcha.*, sms.too-soon, sms.hour-cap-number, sms.day-cap-*, sms.unavailable; sms.unclear when it may
   * have been sent: if it comes, it counts
   */
  async send(request: SmsRequest): Promise<void> {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const outcome = await this.sending.send(request, code, this.minutes);
    const now = this.clock.ms();
    const id = randomUUID();
    const kept: KeptCode = {
      id,
      mac: this.mac(id, code),
      phone: request.phone.reveal(),
      sentAt: now,
      expiresAt: now + this.minutes * 60_000,
    };
    await this.records.put(CODE, this.place(request.purpose, request.binding), kept, REMEMBERED_SECONDS);
    if (outcome === 'unclear') throw this.unclear();
  }

  /** The code on its way for this journey, if there is one that still counts. */
  async sent(purpose: CodePurpose, binding: string): Promise<SentCode | undefined> {
    const kept = await this.records.get<KeptCode>(CODE, this.place(purpose, binding));
    if (!kept || kept.expiresAt <= this.clock.ms()) return undefined;
    const resendAt = kept.sentAt + this.jurisdiction.limits.sms.resendSeconds * 1000;
    return {
      phone: Phone.fromCanonical(kept.phone),
      minutes: this.minutes,
      resendInSeconds: Math.max(0, Math.ceil((resendAt - this.clock.ms()) / 1000)),
    };
  }

  /** The number that the newest code of this journey went to, expired or not. */
  async numberOf(purpose: CodePurpose, binding: string): Promise<Phone | undefined> {
    const kept = await this.records.get<KeptCode>(CODE, this.place(purpose, binding));
    return kept && Phone.fromCanonical(kept.phone);
  }

  /**
   * Judges what was typed. The caller has judged its other fields before: a form refused for them spends no try.
   * @throws {Refusal} sms-code.missing, .none, .other-number, .expired, .wrong (with tries left), .too-many-tries,
   * .day-cap (wrong tries spread over fresh codes), .used
   */
  async prove(proof: { purpose: CodePurpose; phone: Phone; binding: string; code: string }): Promise<void> {
    const place = this.place(proof.purpose, proof.binding);
    const typed = proof.code.normalize('NFKC').replace(/\s/g, '');
    if (typed === '') throw refuse('missing');
    const kept = await this.records.get<KeptCode>(CODE, place);
    if (!kept) throw refuse((await this.records.get(USED, place)) ? 'used' : 'none');
    if (kept.phone !== proof.phone.reveal()) throw refuse('other-number');
    if (kept.expiresAt <= this.clock.ms()) throw refuse('expired');
    const target = this.blind.text('phone', kept.phone);
    const left = await this.tries.spend(kept.id, target);
    if (!this.same(kept.mac, this.mac(kept.id, typed))) throw await this.tries.wrong(target, left);
    const taken = await this.records.take<KeptCode>(CODE, place);
    if (taken?.id !== kept.id) throw refuse('used');
    await this.records.put(USED, place, {}, REMEMBERED_SECONDS);
  }

  private unclear(): Refusal {
    const seconds = this.jurisdiction.limits.sms.resendSeconds;
    return new Refusal('sms.unclear', { field: 'smsCode', status: 503, retryAfter: seconds, values: { seconds } });
  }

  private get minutes(): number {
    return this.jurisdiction.lifetimes.smsCodeMinutes;
  }

  private place(purpose: CodePurpose, binding: string): string {
    return `${purpose}|${binding}`;
  }

  /** Under the key of blind indexes: a copy of the store opens no code by trying a million. */
  private mac(id: string, code: string): string {
    return this.blind.text('device', `${id}|${code}`);
  }

  private same(a: string, b: string): boolean {
    return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
  }
}
