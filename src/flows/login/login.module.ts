/**
 * Login: identifier and password, one answer for every cause, captcha and waits after wrong tries; SMS code; Alipay; a
 * code that the government app scans; a legal entity's certificate, and one that is not bound yet as its replacement.
 *
 * Pages: /interaction/:uid/login, …/login/replacement, …/alipay, /interaction/:uid/account-kind, /interaction/:uid/number-holder.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { AlipayModule } from '../../identity/alipay/alipay.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { AppTicketsModule } from '../../identity/app-tickets/app-tickets.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AlipayLoginController } from './alipay-login.controller.js';
import { AlipayLogin } from './alipay-login.service.js';
import { AlipayStrategy } from './alipay.strategy.js';
import { CertificateLoginController } from './certificate-login.controller.js';
import { CertificateLogins } from './certificate-login.service.js';
import { CertificateReplacementController } from './certificate-replacement.controller.js';
import { CertificateReplacement } from './certificate-replacement.service.js';
import { ReplacementViews } from './certificate-replacement-view.service.js';
import { CertificateStrategy } from './certificate.strategy.js';
import { LoginCaptcha } from './login-captcha.service.js';
import { LoginExitController } from './login-exit.controller.js';
import { LoginController } from './login.controller.js';
import { LoginDoor } from './login-door.service.js';
import { Login } from './login.service.js';
import { NamedAccounts } from './named-accounts.service.js';
import { NumberHolderController } from './number-holder.controller.js';
import { PasswordLoginController } from './password-login.controller.js';
import { PasswordStrategy } from './password.strategy.js';
import { QrLoginController } from './qr-login.controller.js';
import { QrLogin } from './qr-login.service.js';
import { QrStrategy } from './qr.strategy.js';
import { ReplacementBinding } from './replacement-binding.service.js';
import { SmsLoginController } from './sms-login.controller.js';
import { SmsLogin } from './sms-login.service.js';
import { SmsStrategy } from './sms.strategy.js';

@Module({
  imports: [
    AccountsModule,
    AlipayModule,
    AppTicketsModule,
    CertificatesModule,
    CodesModule,
    CredentialsModule,
    EntityStandingModule,
    LimitsModule,
    OidcModule,
    ProofsModule,
  ],
  controllers: [
    LoginController,
    LoginExitController,
    PasswordLoginController,
    AlipayLoginController,
    CertificateLoginController,
    CertificateReplacementController,
    SmsLoginController,
    QrLoginController,
    NumberHolderController,
  ],
  providers: [
    AlipayLogin,
    AlipayStrategy,
    CertificateLogins,
    CertificateReplacement,
    CertificateStrategy,
    Login,
    LoginCaptcha,
    LoginDoor,
    NamedAccounts,
    PasswordStrategy,
    QrLogin,
    QrStrategy,
    ReplacementBinding,
    ReplacementViews,
    SmsLogin,
    SmsStrategy,
  ],
})
export class LoginModule {}
