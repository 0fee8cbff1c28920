import { ServiceKeysAndRealm1764000000001 } from './1764000000001-service-keys-and-realm.js';
import { Accounts1764000000002 } from './1764000000002-accounts.js';
import { CredentialsAgreementsPermissions1764000000003 } from './1764000000003-credentials-agreements-permissions.js';
import { ActivityByMonth1764000000004 } from './1764000000004-activity-by-month.js';
import { Jobs1764000000005 } from './1764000000005-jobs.js';
import { SitesAndSigningKeys1764000000006 } from './1764000000006-sites-and-signing-keys.js';
import { WaysBack1764000000007 } from './1764000000007-ways-back.js';
import { UserNames1764000000009 } from './1764000000009-user-names.js';
import { NumberLost1764000000011 } from './1764000000011-number-lost.js';
import { PasswordsDue1764000000012 } from './1764000000012-passwords-due.js';
import { HowVerified1764000000015 } from './1764000000015-how-verified.js';
import { SitesComeBack1764000000021 } from './1764000000021-sites-come-back.js';
import { CertificateAuthorities1764000000030 } from './1764000000030-certificate-authorities.js';
import { RevocationLists1764000000031 } from './1764000000031-revocation-lists.js';
import { LegalEntities1764000000032 } from './1764000000032-legal-entities.js';
import { BoundCertificates1764000000034 } from './1764000000034-bound-certificates.js';
import { CertifiedSessions1764000000035 } from './1764000000035-certified-sessions.js';
import { RegisterAskedAgain1764000000036 } from './1764000000036-register-asked-again.js';
import { EntityRequests1764000000038 } from './1764000000038-entity-requests.js';
import { RepresentativeSince1764000000039 } from './1764000000039-representative-since.js';
import { Contacts1764000000040 } from './1764000000040-contacts.js';
import { SitesHeld1764000000046 } from './1764000000046-sites-held.js';
import { RetiredSecrets1764000000047 } from './1764000000047-retired-secrets.js';
import { OperatorRoles1764000000048 } from './1764000000048-operator-roles.js';
import { SiteChanges1764000000049 } from './1764000000049-site-changes.js';
import { SiteFailures1764000000050 } from './1764000000050-site-failures.js';
import { LogoutDeliveries1764000000051 } from './1764000000051-logout-deliveries.js';
import { SiteFailuresByAge1764000000052 } from './1764000000052-site-failures-by-age.js';
import { SiteChangesTests1764000000053 } from './1764000000053-site-changes-tests.js';
import { RevocationRests1764000000054 } from './1764000000054-revocation-rests.js';

/** Every migration, oldest first: the only way the schema changes. */
export const migrations = [
  ServiceKeysAndRealm1764000000001,
  Accounts1764000000002,
  CredentialsAgreementsPermissions1764000000003,
  ActivityByMonth1764000000004,
  Jobs1764000000005,
  SitesAndSigningKeys1764000000006,
  WaysBack1764000000007,
  UserNames1764000000009,
  NumberLost1764000000011,
  PasswordsDue1764000000012,
  HowVerified1764000000015,
  SitesComeBack1764000000021,
  CertificateAuthorities1764000000030,
  RevocationLists1764000000031,
  LegalEntities1764000000032,
  BoundCertificates1764000000034,
  CertifiedSessions1764000000035,
  RegisterAskedAgain1764000000036,
  EntityRequests1764000000038,
  RepresentativeSince1764000000039,
  Contacts1764000000040,
  SitesHeld1764000000046,
  RetiredSecrets1764000000047,
  OperatorRoles1764000000048,
  SiteChanges1764000000049,
  SiteFailures1764000000050,
  LogoutDeliveries1764000000051,
  SiteFailuresByAge1764000000052,
  SiteChangesTests1764000000053,
  RevocationRests1764000000054,
] as const;
