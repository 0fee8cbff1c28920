import type { BoundCertificate } from './bound-certificates.service.js';

/** What a bound certificate is good for now; `expiring` ones still log in. */
export type BindingState = 'valid' | 'not-yet' | 'expiring' | 'expired' | 'untrusted';

const DAY_MS = 86_400_000;
/** So long before its end its owner is warned. */
const WARNED_DAYS = 30;

const STATES: readonly [BindingState, (one: BoundCertificate, now: number) => boolean][] = [
  ['expired', ({ notAfter }, now) => notAfter.getTime() < now],
  ['untrusted', ({ trusted }) => !trusted],
  ['not-yet', ({ notBefore }, now) => notBefore.getTime() > now],
  ['expiring', ({ notAfter }, now) => notAfter.getTime() - now < WARNED_DAYS * DAY_MS],
];

export const stateOf = (one: BoundCertificate, now: Date): BindingState =>
  STATES.find(([, holds]) => holds(one, now.getTime()))?.[0] ?? 'valid';

/** Days until its end, the one that has begun included; 0 once it is over. */
export const daysLeft = ({ notAfter }: Pick<BoundCertificate, 'notAfter'>, now: Date): number =>
  Math.max(0, Math.ceil((notAfter.getTime() - now.getTime()) / DAY_MS));
