import { GUARDED_ACTS } from '../../identity/proofs/proof-due.js';
import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import { typedPassword } from '../../identity/credentials/typed-password.js';
import { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Optional, Parsed } from '../../web/fields.js';

/** @throws {Refusal} page.not-found (404) for an act there is not */
export function actOf(raw: unknown): GuardedAct {
  const act = GUARDED_ACTS.find((one) => one === raw);
  if (!act) throw new Refusal('page.not-found', { status: 404 });
  return act;
}

/** What it is for: the proof itself comes back from Alipay. */
export class AlipayProofForm {
  @Parsed(actOf)
  act!: GuardedAct;

  @Optional()
  to?: string;
}

/** A proof by password. */
export class PasswordProofForm {
  @Parsed(actOf)
  act!: GuardedAct;

  @Optional()
  to?: string;

  @Parsed(typedPassword)
  password!: string;
}

/** A proof by name and full ID number, for who is verified. */
export const identityProofForm = (now: Date) => {
  class IdentityProofForm {
    @Parsed(actOf)
    act!: GuardedAct;

    @Optional()
    to?: string;

    @Parsed((raw) => PersonName.parse(raw))
    name!: PersonName;

    @Parsed((raw) => ResidentId.parse(raw, now))
    idNumber!: ResidentId;
  }
  return IdentityProofForm;
};
