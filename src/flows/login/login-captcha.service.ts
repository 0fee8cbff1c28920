import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Captchas } from '../../identity/codes/captchas.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { AccountKind } from '../../shared/account.js';
import type { Refusal } from '../../shared/refusal.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { LoginDoor } from './login-door.service.js';
import { NamedAccounts } from './named-accounts.service.js';

/** Whether a refused login shows a picture next time, and a new one for each. */
@Injectable()
export class LoginCaptcha {
  constructor(
    private readonly captchas: Captchas,
    private readonly door: LoginDoor,
    private readonly accounts: NamedAccounts,
    private readonly visitors: Visitors,
  ) {}

  async after(
    i: CurrentInteraction,
    kind: AccountKind,
    { values, refusal }: { values: Record<string, string>; refusal?: Refusal },
    request: Request,
  ): Promise<string | undefined> {
    if (refusal?.list.some(({ code }) => code.startsWith('captcha.'))) return this.captchas.issue(i.cid);
    const accountId = await this.accounts.find(values.identifier ?? '', kind);
    const login = {
      identifier: values.identifier ?? '',
      kind,
      address: request.ip ?? '',
      deviceCookie: this.visitors.cookie(request),
    };
    const due = await this.door.captchaDue(this.door.attempt(login, accountId));
    return due ? this.captchas.issue(i.cid) : undefined;
  }
}
