import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../../config/env.js';
import { Activity } from '../../identity/activity/activity.service.js';
import { KnownDevices } from '../../identity/limits/known-devices.service.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { cookiesOf } from '../../web/language.js';
import type { LoginForm } from './login.form.js';
import type { PasswordLogin } from './password.strategy.js';
import { signInBy } from './sign-in.js';
import type { SignIn } from './sign-in.js';

const DEVICE_COOKIE = 'device';
const YEAR_SECONDS = 365 * 24 * 3600;

/** Logging in: the method finds out who, the activity says so, the browser becomes known, the journey goes on. */
@Injectable()
export class Login {
  constructor(
    private readonly interactions: Interactions,
    private readonly devices: KnownDevices,
    private readonly activity: Activity,
    private readonly env: Env,
  ) {}

  /** @throws {Refusal} as the method's strategy does */
  async withPassword(i: CurrentInteraction, form: LoginForm, request: Request, response: Response): Promise<SignIn> {
    const login: PasswordLogin = {
      ...form,
      binding: i.cid,
      address: request.ip ?? '',
      deviceCookie: cookiesOf(request.headers.cookie)[DEVICE_COOKIE],
    };
    return signInBy('password', Object.assign(request, { passwordLogin: login }), response);
  }

  /** Makes the browser known to the account, writes the login down and finishes the prompt. */
  async finish(i: CurrentInteraction, who: SignIn, request: Request, response: Response): Promise<void> {
    const cookie = this.devices.remember(cookiesOf(request.headers.cookie)[DEVICE_COOKIE], who.accountId);
    const secure = this.env.issuer.startsWith('https:') ? '; Secure' : '';
    response.append(
      'set-cookie',
      `${DEVICE_COOKIE}=${cookie}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
    );
    await this.activity.note({ account: who.accountId, kind: 'login', clientId: i.site.id, details: { amr: who.amr } });
    await this.interactions.signIn(request, response, who);
  }
}
