import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Activity } from '../../identity/activity/activity.service.js';
import { NewDeviceNotices } from '../../identity/notices/new-device-notices.service.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { LoginForm } from './login.form.js';
import type { PasswordLogin } from './password.strategy.js';
import { signInBy } from './sign-in.js';
import type { SignIn } from './sign-in.js';

/** Logging in: the method finds out who, the activity says so, the browser becomes known, the journey goes on. */
@Injectable()
export class Login {
  constructor(
    private readonly interactions: Interactions,
    private readonly visitors: Visitors,
    private readonly activity: Activity,
    private readonly newDevices: NewDeviceNotices,
  ) {}

  /** @throws {Refusal} as the method's strategy does */
  async withPassword(i: CurrentInteraction, form: LoginForm, request: Request, response: Response): Promise<SignIn> {
    const login: PasswordLogin = {
      ...form,
      binding: i.cid,
      address: request.ip ?? '',
      deviceCookie: this.visitors.cookie(request),
    };
    return signInBy('password', Object.assign(request, { passwordLogin: login }), response);
  }

  /** Makes the browser known to the account, writes the login down and finishes the prompt. */
  async finish(i: CurrentInteraction, who: SignIn, request: Request, response: Response): Promise<void> {
    const known = this.visitors.isKnown(request, who.accountId);
    this.visitors.remember(request, response, who.accountId);
    const entry = { account: who.accountId, clientId: i.site.id, details: { amr: who.amr } };
    await this.activity.note({ ...entry, kind: known ? 'login' : 'new-device' });
    if (!known) await this.newDevices.tell(who.accountId);
    await this.interactions.signIn(request, response, who);
  }
}
