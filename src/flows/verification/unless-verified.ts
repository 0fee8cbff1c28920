import { Refusal } from '../../shared/refusal.js';

/** Verified meanwhile, in another tab or by a second click: that is what the page was for. */
export function unlessVerified(refusal: unknown): void {
  if (refusal instanceof Refusal && refusal.code === 'verification.already-verified') return;
  throw refusal;
}
