import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { AlipayVisits } from '../../identity/alipay/alipay-visits.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignIn } from './sign-in.js';

/** Where whom Alipay has logged in is kept: the journey. */
export interface AlipayLoginRequest {
  place: string;
}

/** Login by the Alipay user that is bound to the account. */
@Injectable()
export class AlipayStrategy extends PassportStrategy(Strategy, 'alipay') {
  constructor(
    private readonly visits: AlipayVisits,
    private readonly bindings: AlipayBindings,
    private readonly accounts: Accounts,
    private readonly jurisdiction: Jurisdiction,
  ) {
    super();
  }

  /** @throws {Refusal} alipay.gone, alipay.unknown, login.disabled */
  async validate(request: Request & { alipayLogin: AlipayLoginRequest }): Promise<SignIn> {
    const { place } = request.alipayLogin;
    const { user } = await this.visits.require(place);
    const accountId = await this.bindings.find(user);
    if (!accountId) throw new Refusal('alipay.unknown');
    const standing = await this.accounts.standing(accountId);
    if (standing?.state !== 'active') {
      throw new Refusal('login.disabled', { status: 403, values: { hotline: this.jurisdiction.hotline.number } });
    }
    await this.visits.drop(place);
    return { accountId, amr: ['fed'] };
  }
}
