/**
 * Accounts: natural persons and legal entities, what they are found by, which agreement they accepted, real-name
 * verification, the enterprise register..
 */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { Accounts } from './accounts.service.js';
import { Agreements } from './agreements.service.js';
import { Contacts } from './contacts.service.js';
import { Deregistrations } from './deregistrations.service.js';
import { Entities } from './entities.service.js';
import { EntityChecks } from './entity-checks.service.js';
import { EntityUpdates } from './entity-updates.service.js';
import { FreedNumbers } from './freed-numbers.service.js';
import { HeldDataOfAccounts } from './held-data.service.js';
import { Identifiers } from './identifiers.service.js';
import { IdleAccounts } from './idle-accounts.service.js';
import { PendingChanges } from './pending-changes.service.js';
import { Persons } from './persons.service.js';
import { Profiles } from './profiles.service.js';
import { RealNameGates } from './real-name-gates.service.js';
import { RealName } from './real-name.service.js';
import { RegisterTries } from './register-tries.service.js';
import { Representatives } from './representatives.service.js';
import { UserNameTries } from './user-name-tries.service.js';
import { UserNames } from './user-names.service.js';

@Module({
  imports: [ActivityModule, GatewaysModule, LimitsModule],
  providers: [
    Accounts,
    Agreements,
    Contacts,
    Deregistrations,
    Entities,
    EntityChecks,
    EntityUpdates,
    FreedNumbers,
    HeldDataOfAccounts,
    Identifiers,
    IdleAccounts,
    PendingChanges,
    Persons,
    Profiles,
    RealName,
    RealNameGates,
    RegisterTries,
    Representatives,
    UserNames,
    UserNameTries,
  ],
  exports: [
    Accounts,
    Agreements,
    Contacts,
    Deregistrations,
    Entities,
    EntityChecks,
    EntityUpdates,
    FreedNumbers,
    HeldDataOfAccounts,
    Identifiers,
    IdleAccounts,
    PendingChanges,
    Persons,
    Profiles,
    RealName,
    RealNameGates,
    Representatives,
    UserNames,
    UserNameTries,
  ],
})
export class AccountsModule {}
