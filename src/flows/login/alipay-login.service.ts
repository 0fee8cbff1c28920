import { Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AlipayVisits } from '../../identity/alipay/alipay-visits.service.js';
import { placeOfJourney } from '../../oidc/alipay-way.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Refusal } from '../../shared/refusal.js';
import { signInBy } from './sign-in.js';
import type { SignIn } from './sign-in.js';

/** Pages of the journey before anybody is logged in to it. */
const BEFORE_LOGIN = new Set(['login', 'create']);

/** What follows from who came back from Alipay: a page below the journey, a login, or a page that says why not. */
export type AlipayNext = string | SignIn | { refusal: Refusal };

/** Back from Alipay in a journey. */
@Injectable()
export class AlipayLogin {
  private readonly log = new Logger('Alipay');

  constructor(private readonly visits: AlipayVisits) {}

  async next(i: CurrentInteraction, request: Request, response: Response): Promise<AlipayNext> {
    try {
      const person = await this.visits.receive(placeOfJourney(i), request.ip ?? '');
      if (!person) return '';
      if (i.prompt === 'verification') return '/alipay/raise';
      if (!BEFORE_LOGIN.has(i.prompt)) return '';
      const alipayLogin = { place: placeOfJourney(i) };
      return await signInBy('alipay', Object.assign(request, { alipayLogin }), response);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.code === 'alipay.unknown') return '/alipay/register';
      this.log.warn(`${refusal.code}: ${String(refusal.cause ?? '-')}`);
      return { refusal };
    }
  }
}
