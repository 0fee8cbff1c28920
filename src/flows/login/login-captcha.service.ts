import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Captchas } from '../../identity/codes/captchas.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { recognise } from './identifier.js';
import { LoginDoor } from './login-door.service.js';

/** Whether a refused login shows a picture next time, and a new one for each. */
@Injectable()
export class LoginCaptcha {
  constructor(
    private readonly captchas: Captchas,
    private readonly door: LoginDoor,
    private readonly accounts: Accounts,
    private readonly visitors: Visitors,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  async after(
    i: CurrentInteraction,
    values: Record<string, string>,
    refusal: Refusal,
    request: Request,
  ): Promise<string | undefined> {
    if (refusal.list.some(({ code }) => code.startsWith('captcha.'))) return this.captchas.issue(i.cid);
    const identifier = recognise(values.identifier ?? '', this.jurisdiction.login.identifiers);
    const accountId = identifier && (await this.accounts.find(identifier.kind, identifier.value));
    const login = {
      identifier: values.identifier ?? '',
      address: request.ip ?? '',
      deviceCookie: this.visitors.cookie(request),
    };
    const due = await this.door.captchaDue(this.door.attempt(login, accountId));
    return due ? this.captchas.issue(i.cid) : undefined;
  }
}
