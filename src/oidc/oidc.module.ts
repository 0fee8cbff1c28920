/**
 * How sites are told: the OpenID Connect provider, its sites, signing keys, sessions and interactions (DESIGN 4).
 * The only folder that imports oidc-provider.
 */
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { OutboundFetch } from '../gateways/outbound.js';
import { AccountsModule } from '../identity/accounts/accounts.module.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { AlipayModule } from '../identity/alipay/alipay.module.js';
import { CertificatesModule } from '../identity/certificates/certificates.module.js';
import { CodesModule } from '../identity/codes/codes.module.js';
import { DailyRegister } from '../identity/entity-standing/daily-register.service.js';
import { EntityStandingModule } from '../identity/entity-standing/entity-standing.module.js';
import { ProofsModule } from '../identity/proofs/proofs.module.js';
import { NoticesModule } from '../identity/notices/notices.module.js';
import { NumberMovesModule } from '../identity/number-moves/number-moves.module.js';
import { LimitsModule } from '../identity/limits/limits.module.js';
import { ActivityModule } from '../identity/activity/activity.module.js';
import { Clock } from '../shared/clock.js';
import { PairwiseKey } from '../storage/pairwise-key.js';
import { ServiceCipher } from '../storage/service-cipher.js';
import { ShortLived } from '../storage/short-lived.js';
import { AppTokenGuard } from './app-token.guard.js';
import { AppTokens } from './app-tokens.service.js';
import { AlipayWay } from './alipay-way.service.js';
import { Arrivals } from './arrivals.service.js';
import { CertificateChanges } from './certificate-changes.service.js';
import { CertificateEndings } from './certificate-endings.service.js';
import { Changes } from './changes.service.js';
import { CurrentProvider } from './current-provider.service.js';
import { Detours } from './detours.service.js';
import { Endings } from './endings.service.js';
import { Engine, PROVIDER_PARTS } from './engine.service.js';
import { EntityGuard } from './entity.guard.js';
import { FormPost } from './form-post.service.js';
import { FormTokens } from './form-tokens.service.js';
import { GoneFilter } from './gone.filter.js';
import { InteractionController } from './interaction.controller.js';
import { InteractionGuard } from './interaction.guard.js';
import { Interactions } from './interactions.service.js';
import { KnownKinds } from './known-kinds.js';
import { LOGOUT, LOGOUT_SEEN } from './logout/logout-parts.js';
import { LogoutPages } from './logout/logout.js';
import { OidcHeld } from './oidc-held.service.js';
import { Candidates } from './operators/candidates.service.js';
import { ConsoleGuard, OperatorGuard } from './operators/console.guard.js';
import { ConsoleReturnController } from './operators/console-return.controller.js';
import { OperatedSites } from './operators/operated-sites.service.js';
import { Operators } from './operators/operators.service.js';
import { RoleChanges } from './operators/role-changes.service.js';
import { OwnLoginController } from './own-login.controller.js';
import { PersonGuard } from './person.guard.js';
import { Presence } from './presence.service.js';
import { FailureRecords } from './errors/failure-records.service.js';
import { Failures } from './errors/failures.service.js';
import { ProtocolErrors } from './errors/protocol-errors.js';
import type { ProviderParts } from './provider.js';
import { Releases } from './releases.service.js';
import { SessionGuard } from './session.guard.js';
import { SessionStore } from './session-store.js';
import { SessionMeans } from './session-means.service.js';
import { Sessions } from './sessions.service.js';
import { SigningKeys } from './signing-keys.service.js';
import { ListedSites } from './sites/listed-sites.service.js';
import { SiteChanges } from './sites/site-changes.service.js';
import { SiteDecisions } from './sites/site-decisions.service.js';
import { SiteEdits } from './sites/site-edits.service.js';
import { SiteJudge } from './sites/site-judge.service.js';
import { SiteRecords } from './sites/site-records.service.js';
import { Sites } from './sites/sites.service.js';
import { VisitorGuard } from './visitor.guard.js';
import { Visitors } from './visitors.service.js';
import { NumberHolders } from './number-holders.service.js';
import { WaysIn } from './ways-in.service.js';

/** What the engine is built of, in the order of `ProviderParts`. */
const PARTS = [
  ['env', Env],
  ['jurisdiction', Jurisdiction],
  ['clock', Clock],
  ['store', ShortLived],
  ['cipher', ServiceCipher],
  ['pairwise', PairwiseKey],
  ['accounts', Accounts],
  ['outbound', OutboundFetch],
  ['sites', Sites],
  ['sessions', SessionStore],
  ['kinds', KnownKinds],
  ['register', DailyRegister],
  ['releases', Releases],
  ['logout', LogoutPages],
  ['errors', ProtocolErrors],
  ['formPost', FormPost],
] as const;

const named = (...parts: unknown[]): ProviderParts =>
  Object.fromEntries(PARTS.map(([name], at) => [name, parts[at]])) as unknown as ProviderParts;

@Module({
  imports: [
    AccountsModule,
    ActivityModule,
    AlipayModule,
    CertificatesModule,
    CodesModule,
    EntityStandingModule,
    GatewaysModule,
    LimitsModule,
    NoticesModule,
    NumberMovesModule,
    ProofsModule,
  ],
  controllers: [InteractionController, OwnLoginController, ConsoleReturnController],
  providers: [
    AppTokenGuard,
    AppTokens,
    AlipayWay,
    Arrivals,
    CertificateChanges,
    CertificateEndings,
    Changes,
    CurrentProvider,
    Detours,
    Endings,
    Engine,
    EntityGuard,
    FailureRecords,
    Failures,
    FormPost,
    FormTokens,
    InteractionGuard,
    Interactions,
    KnownKinds,
    ...LOGOUT,
    OidcHeld,
    ConsoleGuard,
    OperatorGuard,
    Candidates,
    OperatedSites,
    Operators,
    RoleChanges,
    PersonGuard,
    Presence,
    ProtocolErrors,
    Releases,
    SessionGuard,
    SessionMeans,
    SessionStore,
    Sessions,
    SigningKeys,
    SiteRecords,
    SiteChanges,
    SiteDecisions,
    SiteEdits,
    SiteJudge,
    ListedSites,
    Sites,
    VisitorGuard,
    Visitors,
    NumberHolders,
    WaysIn,
    { provide: PROVIDER_PARTS, useFactory: named, inject: PARTS.map(([, token]) => token) },
    { provide: APP_FILTER, useClass: GoneFilter },
  ],
  exports: [
    AccountsModule,
    AppTokenGuard,
    AppTokens,
    AlipayWay,
    Arrivals,
    CertificateChanges,
    CertificateEndings,
    CurrentProvider,
    Detours,
    Endings,
    Engine,
    EntityGuard,
    Failures,
    FormTokens,
    InteractionGuard,
    Interactions,
    ...LOGOUT_SEEN,
    OidcHeld,
    ConsoleGuard,
    OperatorGuard,
    Candidates,
    OperatedSites,
    Operators,
    RoleChanges,
    PersonGuard,
    Presence,
    SessionGuard,
    Sessions,
    SigningKeys,
    SiteRecords,
    SiteChanges,
    SiteDecisions,
    SiteEdits,
    Sites,
    VisitorGuard,
    Visitors,
    NumberHolders,
    WaysIn,
  ],
})
export class OidcModule {}
