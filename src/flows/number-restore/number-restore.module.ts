/**
 * The old owner of a number that a new one has freed has it back, within the days (docs/decisions/0008).
 * Pages: /account/phone/restore, …/restored.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { NumberRestoreController } from './number-restore.controller.js';
import { NumberRestore } from './number-restore.service.js';

@Module({
  imports: [AccountsModule, CodesModule, OidcModule, ProofsModule],
  controllers: [NumberRestoreController],
  providers: [NumberRestore],
})
export class NumberRestoreModule {}
