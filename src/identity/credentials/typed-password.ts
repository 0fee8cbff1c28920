import { Refusal } from '../../shared/refusal.js';

/** A password that somebody gives as a proof: as it was typed, and not judged. @throws {Refusal} password.missing */
export function typedPassword(raw: string): string {
  if (raw === '') throw new Refusal('password.missing');
  return raw;
}
