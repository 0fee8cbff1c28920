import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { NumberHolders } from '../../oidc/number-holders.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignIn } from './sign-in.js';

/** A number that this journey has proved by its SMS code. */
export interface SmsLoginRequest {
  phone: Phone;
  cid: string;
}

/** Login by a proved number: what is known of it is told now, since its owner asks (DESIGN 6). */
@Injectable()
export class SmsStrategy extends PassportStrategy(Strategy, 'sms') {
  constructor(
    private readonly accounts: Accounts,
    private readonly provedNumbers: ProvedNumbers,
    private readonly holders: NumberHolders,
    private readonly passwords: Passwords,
    private readonly jurisdiction: Jurisdiction,
  ) {
    super();
  }

  /** @throws {Refusal} sms-code.none when the number is not proved (any more), login.no-account, .disabled, .holder-due, .password-due */
  async validate(request: Request & { smsLogin: SmsLoginRequest }): Promise<SignIn> {
    const { phone, cid } = request.smsLogin;
    if (!(await this.provedNumbers.is(cid, phone))) throw new Refusal('sms-code.none', { field: 'smsCode' });
    const accountId = await this.accounts.find('phone', phone);
    if (!accountId) throw new Refusal('login.no-account', { field: 'phone' });
    const standing = await this.accounts.standing(accountId);
    if (standing?.state !== 'active') {
      throw new Refusal('login.disabled', { field: 'phone', values: { hotline: this.jurisdiction.hotline.number } });
    }
    if (await this.holders.isDue(cid, accountId)) throw new Refusal('login.holder-due', { field: 'phone' });
    if (await this.passwords.isDue(accountId)) throw new Refusal('login.password-due', { field: 'phone' });
    await this.provedNumbers.take(cid, phone);
    return { accountId, amr: ['sms'] };
  }
}
