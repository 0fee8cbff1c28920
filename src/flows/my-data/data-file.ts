import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { HeldData } from '../../identity/accounts/held-data.service.js';
import type { PersonClaim } from '../../identity/accounts/entity-checks.service.js';
import type { BoundCertificate } from '../../identity/certificates/bindings.service.js';
import type { HeldWaysIn } from '../../identity/closing/ways-in-held.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import type { FullActivityLine } from '../../identity/activity/activity.service.js';
import type { GrantedRole } from '../../oidc/operators/operators.service.js';
import type { LiveSession } from '../../oidc/sessions.service.js';

/** Raised when a member changes its meaning or goes; a new member raises nothing. */
const VERSION = 1;

/** All that is held of one account, as its owners gave it out. */
export interface Held extends HeldWaysIn {
  accountId: string;
  issuer: string;
  at: Date;
  account: HeldData;
  /** What it was asked as a representative, and what it has asked as an entity. */
  requests: EntityRequest[];
  permissions: { clientId: string; scope: string; grantedAt: Date }[];
  trail: FullActivityLine[];
  sessions: LiveSession[];
  /** What it may do in the console. */
  roles: GrantedRole[];
  /** The session that asks. */
  uid: string;
  siteName: (clientId: string) => string | undefined;
}

type Named = Held['siteName'];

const site = (clientId: string | undefined, named: Named) =>
  clientId === undefined ? null : { clientId, name: named(clientId) ?? null };

const profile = ({ person, contact }: HeldData) => ({
  userName: person.userName?.reveal() ?? null,
  phone: person.phone?.reveal() ?? null,
  contactPhone: contact?.reveal() ?? null,
  name: person.name?.reveal() ?? null,
  idNumber: person.idNumber?.reveal() ?? null,
  updatedAt: person.updatedAt,
});

const verification = ({ person: { verifiedAt, verifiedBy, verifiedMethod, verifiedReference } }: HeldData) =>
  verifiedAt
    ? {
        verifiedAt,
        verifiedBy: verifiedBy ?? null,
        method: verifiedMethod ?? null,
        reference: verifiedReference ?? null,
      }
    : null;

const personOf = ({ name, idNumber }: PersonClaim) => ({ name: name.reveal(), idNumber: idNumber.reveal() });

/** `representativeAccount` is another's account: whose it is, is told by its confirmation alone. */
const legalEntity = (entity: EntityData) => ({
  type: entity.type,
  name: entity.name.reveal(),
  creditCode: entity.creditCode.reveal(),
  representative: personOf(entity.representative),
  representativeConfirmed: entity.representativeAccount !== undefined,
  representativeSince: entity.representativeSince ?? null,
  manager: entity.manager ? personOf(entity.manager) : null,
  contactPhone: entity.phone?.reveal() ?? null,
  checkedAt: entity.checkedAt,
  registerReference: entity.reference,
  registerSays: entity.says,
  representativeLeft: entity.representativeLeft,
  askedAt: entity.askedAt,
  updatedAt: entity.updatedAt,
});

const certificate = (one: BoundCertificate) => ({
  holder: one.holder,
  authority: { id: one.authorityId, name: one.authorityName['zh-CN'] },
  serial: one.serial,
  sha256: one.thumbprint,
  notBefore: one.notBefore,
  notAfter: one.notAfter,
  means: one.amr,
  boundAt: one.boundAt,
  checkedAt: one.checkedAt,
});

/** What was asked of this person as a representative, or by this entity; a registration's particulars are the entity's. */
const entityRequest = (request: EntityRequest, accountId: string) => ({
  role: request.accountId === accountId ? 'representative' : 'entity',
  kind: request.kind,
  state: request.state,
  entityName: request.entity.name.reveal(),
  creditCode: request.entity.creditCode.reveal(),
  askedAt: request.askedAt,
  expiresAt: request.expiresAt,
});

const release = ({ at, clientId, details }: FullActivityLine, named: Named) => ({
  at,
  site: site(clientId, named),
  claims: details['claims'] ?? [],
});

/** Which of our people did it is not the owner's to carry about. */
const ownDetails = ({ operator: _operator, ...rest }: Record<string, unknown>) => rest;

const line = ({ at, kind, clientId, byOther, details }: FullActivityLine, named: Named) => ({
  at,
  kind,
  site: site(clientId, named),
  by: byOther ? 'operator' : 'owner',
  details: ownDetails(details),
});

const session = ({ loginAt, seenAt, from, amr, acr, sites, uid }: LiveSession, mine: string, named: Named) => ({
  openedAt: loginAt,
  lastSeenAt: seenAt,
  device: from?.device ?? null,
  place: from?.place ?? null,
  means: amr,
  level: acr ?? null,
  sites: sites.map((one) => site(one, named)),
  current: uid === mine,
});

/** Who granted it is not its holder's to carry about. */
const consoleRole = ({ role, clientId, grantedAt }: GrantedRole, named: Named) => ({
  role,
  site: site(clientId, named),
  grantedAt,
});

/**
 * The data file: everything held of an account, numbers and name in plain, since it is for their owner (PIPL art. 45).
 * Times are ISO 8601 in UTC. Its schema is `docs/data-file.schema.json`.
 */
export function dataFile(held: Held) {
  const { account, siteName: named } = held;
  return {
    format: 'tongxing.data-file',
    version: VERSION,
    issuer: held.issuer,
    exportedAt: held.at,
    account: {
      id: held.accountId,
      kind: account.kind,
      level: account.level,
      registeredAt: account.registeredAt,
      sessionsSince: account.sessionsSince,
      certificateSessionsSince: account.certifiedSince ?? null,
      wayChanged: account.wayChanged ?? null,
    },
    profile: profile(account),
    legalEntity: account.entity ? legalEntity(account.entity) : null,
    verification: verification(account),
    identifiers: account.identifiers,
    password: { changedAt: held.password.changedAt ?? null, dueSince: held.password.dueSince ?? null },
    recoveryCode: held.recoveryCode ? { expiresAt: held.recoveryCode } : null,
    certificates: held.certificates.map(certificate),
    agreements: account.agreements.map(({ version, textHash, acceptedAt }) => ({
      version,
      textSha256: textHash.toString('hex'),
      acceptedAt,
    })),
    permissions: held.permissions.map(({ clientId, scope, grantedAt }) => ({
      site: site(clientId, named),
      scope,
      grantedAt,
    })),
    releases: held.trail.filter(({ kind }) => kind === 'release').map((one) => release(one, named)),
    activity: held.trail.filter(({ kind }) => kind !== 'release').map((one) => line(one, named)),
    sessions: held.sessions.map((one) => session(one, held.uid, named)),
    consoleRoles: held.roles.map((one) => consoleRole(one, named)),
    entityRequests: held.requests.map((one) => entityRequest(one, held.accountId)),
    pendingChanges: account.pending.map(({ kind, phone, askedAt, due }) => ({
      kind,
      phone: phone?.reveal() ?? null,
      askedAt,
      due,
    })),
  };
}
