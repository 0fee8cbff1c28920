import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { Captchas } from '../../identity/codes/captchas.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import type { AccountKind } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import { LoginDoor } from './login-door.service.js';
import { NamedAccounts } from './named-accounts.service.js';
import type { SignIn } from './sign-in.js';

/** What the login form brings to the strategy. */
export interface PasswordLogin {
  identifier: string;
  /** Whose page it is: an account of the other kind is none here. */
  kind: AccountKind;
  password: string;
  captchaId?: string;
  captcha?: string;
  binding: string;
  address: string;
  deviceCookie?: string;
}

/** Login by what the province knows an account by, and password: one answer and one time for every cause of failure. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(
    private readonly accounts: NamedAccounts,
    private readonly passwords: Passwords,
    private readonly captchas: Captchas,
    private readonly door: LoginDoor,
  ) {
    super();
  }

  /** @throws {Refusal} login.wait, captcha.*, login.failed */
  async validate(request: Request & { passwordLogin: PasswordLogin }): Promise<SignIn> {
    const { passwordLogin: login } = request;
    const accountId = await this.accounts.find(login.identifier, login.kind);
    const attempt = this.door.attempt(login, accountId);
    await this.door.check(attempt);
    if (await this.door.captchaDue(attempt)) await this.captchas.solve(login.captchaId, login.captcha, login.binding);
    const first = async () => this.door.refuseWaiting(attempt);
    if (!(await this.passwords.check(accountId, login.password, first, login.kind))) {
      await this.door.failed(attempt);
      throw new Refusal('login.failed', { field: 'identifier' });
    }
    await this.door.succeeded(attempt);
    return { accountId: accountId as string, amr: ['pwd'] };
  }
}
