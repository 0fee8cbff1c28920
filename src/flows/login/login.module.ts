/**
 * Login: identifier and password, one answer for every cause, captcha and waits after wrong tries; SMS code.
 * Pages: /interaction/:uid/login, /interaction/:uid/account-kind, /interaction/:uid/number-holder.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { LoginCaptcha } from './login-captcha.service.js';
import { LoginController } from './login.controller.js';
import { LoginDoor } from './login-door.service.js';
import { Login } from './login.service.js';
import { NamedAccounts } from './named-accounts.service.js';
import { NumberHolderController } from './number-holder.controller.js';
import { PasswordStrategy } from './password.strategy.js';
import { SmsLoginController } from './sms-login.controller.js';
import { SmsLogin } from './sms-login.service.js';
import { SmsStrategy } from './sms.strategy.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, LimitsModule, OidcModule],
  controllers: [LoginController, SmsLoginController, NumberHolderController],
  providers: [Login, LoginCaptcha, LoginDoor, NamedAccounts, PasswordStrategy, SmsLogin, SmsStrategy],
})
export class LoginModule {}
