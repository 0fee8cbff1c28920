/** What a line of an account's trail may tell of. */
export type ActivityKind =
  | 'registered'
  | 'login'
  | 'verified'
  | 'permission-given'
  | 'permission-taken-back'
  | 'release'
  | 'disabled'
  | 'agreement-accepted'
  | 'password-set'
  | 'logged-out'
  | 'new-device'
  | 'new-place'
  | 'session-ended'
  | 'sessions-ended'
  | 'user-name-set'
  | 'phone-changed'
  | 'phone-move-asked'
  | 'phone-move-stopped'
  | 'recovery-code-issued'
  | 'phone-freed'
  | 'phone-restored'
  | 'data-exported'
  | 'deregistration-asked'
  | 'deregistration-cancelled'
  | 'deregistered'
  | 'entity-confirmed'
  | 'entity-change-confirmed'
  | 'representative-changed'
  | 'contact-changed'
  | 'entity-denied'
  | 'entity-renamed'
  | 'register-differs'
  | 'register-agrees'
  | 'alipay-bound'
  | 'alipay-unbound'
  | 'level-raised'
  | 'certificate-bound'
  | 'certificate-unbound'
  | 'certificate-revoked'
  | 'site-change-approved'
  | 'site-change-refused'
  | 'role-granted'
  | 'role-ended';

/** What shows that somebody used the account: not what a site fetched, an operator did or a new owner of its number. */
export const USE: readonly ActivityKind[] = [
  'registered',
  'login',
  'new-device',
  'new-place',
  'verified',
  'permission-given',
  'permission-taken-back',
  'agreement-accepted',
  'password-set',
  'user-name-set',
  'phone-changed',
  'phone-restored',
  'logged-out',
  'session-ended',
  'sessions-ended',
  'data-exported',
  'deregistration-cancelled',
  'entity-confirmed',
  'alipay-bound',
  'alipay-unbound',
  'level-raised',
  'certificate-bound',
  'certificate-unbound',
  'entity-change-confirmed',
  'representative-changed',
  'contact-changed',
  'entity-denied',
];
