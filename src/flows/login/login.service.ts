import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Arrivals } from '../../oidc/arrivals.service.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { AccountKind } from '../../shared/account.js';
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
    private readonly arrivals: Arrivals,
    private readonly visitors: Visitors,
  ) {}

  /** @throws {Refusal} as the method's strategy does */
  async withPassword(
    i: CurrentInteraction,
    kind: AccountKind,
    form: LoginForm,
    request: Request,
    response: Response,
  ): Promise<SignIn> {
    const login: PasswordLogin = {
      ...form,
      kind,
      binding: i.cid,
      address: request.ip ?? '',
      deviceCookie: this.visitors.cookie(request),
    };
    return signInBy('password', Object.assign(request, { passwordLogin: login }), response);
  }

  /** Writes the login down, makes the browser known to the account and finishes the prompt. */
  async finish(i: CurrentInteraction, who: SignIn, request: Request, response: Response): Promise<void> {
    await this.arrivals.announce(request, response, { ...who, site: i.site.id });
    await this.interactions.signIn(request, response, who);
  }
}
