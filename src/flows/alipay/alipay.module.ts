/**
 * Alipay: back from there, registering by it, linking it to the account that is there, binding and raising the level.
 * Pages: /alipay/callback, /interaction/:uid/alipay/register, …/link, …/raise, /account/alipay.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { AlipayModule } from '../../identity/alipay/alipay.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { NoticesModule } from '../../identity/notices/notices.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AccountAlipayController } from './account-alipay.controller.js';
import { AccountAlipay } from './account-alipay.service.js';
import { AlipayArrivals } from './alipay-arrivals.service.js';
import { AlipayBinding } from './alipay-binding.service.js';
import { AlipayCallbackController } from './alipay-callback.controller.js';
import { AlipayLinkController } from './alipay-link.controller.js';
import { AlipayLink } from './alipay-link.service.js';
import { AlipayNumber } from './alipay-number.service.js';
import { AlipayRaiseController } from './alipay-raise.controller.js';
import { AlipayRegisterController } from './alipay-register.controller.js';
import { AlipayRegistration } from './alipay-register.service.js';
import { AlipayStages } from './alipay-stage.service.js';

@Module({
  imports: [AccountsModule, AlipayModule, CodesModule, CredentialsModule, NoticesModule, OidcModule, ProofsModule],
  controllers: [
    AlipayCallbackController,
    AlipayRegisterController,
    AlipayLinkController,
    AlipayRaiseController,
    AccountAlipayController,
  ],
  providers: [AccountAlipay, AlipayArrivals, AlipayBinding, AlipayLink, AlipayNumber, AlipayRegistration, AlipayStages],
})
export class AlipayPagesModule {}
