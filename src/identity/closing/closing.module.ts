/** Closing an account: what goes, and what stays as pseudonyms. PIPL art. 47. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { PermissionsModule } from '../permissions/permissions.module.js';
import { ProofsModule } from '../proofs/proofs.module.js';
import { Closing } from './closing.service.js';

@Module({
  imports: [AccountsModule, CredentialsModule, PermissionsModule, ProofsModule],
  providers: [Closing],
  exports: [Closing],
})
export class ClosingModule {}
