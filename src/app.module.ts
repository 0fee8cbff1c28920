/** The whole service, in the order of a user's journey. */
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ConfigModule } from './config/config.module.js';
import type { Env } from './config/env.js';
import type { Jurisdiction } from './config/jurisdiction.js';
import { AgreementModule } from './flows/agreement/agreement.module.js';
import { AppLoginModule } from './flows/app-login/app-login.module.js';
import { AlipayPagesModule } from './flows/alipay/alipay.module.js';
import { CaptchaModule } from './flows/captcha/captcha.module.js';
import { ConsoleModule } from './flows/console/console.module.js';
import { DevelopersModule } from './flows/developers/developers.module.js';
import { EntityConfirmationsModule } from './flows/entity-confirmations/entity-confirmations.module.js';
import { AccountCertificatesModule } from './flows/certificates/certificates.module.js';
import { CertificateStepModule } from './flows/certificate-step/certificate-step.module.js';
import { EntityRegistrationModule } from './flows/entity-registration/entity-registration.module.js';
import { HomeModule } from './flows/home/home.module.js';
import { LostNumberModule } from './flows/lost-number/lost-number.module.js';
import { LoginModule } from './flows/login/login.module.js';
import { MyDataModule } from './flows/my-data/my-data.module.js';
import { NumberHandoverModule } from './flows/number-handover/number-handover.module.js';
import { NumberRestoreModule } from './flows/number-restore/number-restore.module.js';
import { AccountRegisterModule } from './flows/account-register/account-register.module.js';
import { EntityResetModule } from './flows/entity-reset/entity-reset.module.js';
import { PasswordResetModule } from './flows/password-reset/password-reset.module.js';
import { PasswordChangeModule } from './flows/password-change/password-change.module.js';
import { PermissionModule } from './flows/permission/permission.module.js';
import { PhoneChangeModule } from './flows/phone-change/phone-change.module.js';
import { ProofModule } from './flows/proof/proof.module.js';
import { RegistrationModule } from './flows/registration/registration.module.js';
import { UserCentreModule } from './flows/user-centre/user-centre.module.js';
import { UserNameModule } from './flows/user-name/user-name.module.js';
import { VerificationModule } from './flows/verification/verification.module.js';
import { OidcModule } from './oidc/oidc.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { RepresentativeModule } from './flows/representative/representative.module.js';
import { SandboxModule } from './sandbox/sandbox.module.js';
import { StorageModule } from './storage/storage.module.js';
import { ErrorFilter } from './web/error.filter.js';
import { WebModule } from './web/web.module.js';

const JOURNEY = [
  HomeModule,
  CaptchaModule,
  RegistrationModule,
  EntityRegistrationModule,
  EntityConfirmationsModule,
  CertificateStepModule,
  AgreementModule,
  UserNameModule,
  VerificationModule,
  LoginModule,
  AppLoginModule,
  AlipayPagesModule,
  NumberHandoverModule,
  PasswordResetModule,
  EntityResetModule,
  LostNumberModule,
  PermissionModule,
  ProofModule,
  PasswordChangeModule,
  PhoneChangeModule,
  AccountCertificatesModule,
  MyDataModule,
  NumberRestoreModule,
  RepresentativeModule,
  UserCentreModule,
  AccountRegisterModule,
  ConsoleModule,
  DevelopersModule,
];

@Module({})
export class AppModule {
  /** The sandbox exists in demonstrations only. */
  static for(env: Readonly<Env>, jurisdiction: Readonly<Jurisdiction>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(env, jurisdiction),
        StorageModule,
        WebModule,
        OidcModule,
        ...JOURNEY,
        OperationsModule,
        ...(env.realm === 'demo' ? [SandboxModule] : []),
      ],
      providers: [{ provide: APP_FILTER, useClass: ErrorFilter }],
    };
  }
}
