import type { EntityAnswer } from '../../gateways/enterprise-register/enterprise-register.gateway.js';

/** What the register says of an entity that it once confirmed; whether its representative is still the one is told apart. */
export type RegisterSays = 'agrees' | 'name-differs' | 'cancelled' | 'revoked' | 'not-found';

/** How an account stands after the register: of an entity that it does not confirm as it is, nothing is confirmed to a site. */
export interface RegisterFinding {
  says: RegisterSays;
  /** Another one stands in the register. Of an entity that is not found nothing is known: `undefined`. */
  representativeLeft?: boolean;
  reference: string;
}

/** @returns what an answer means; the entity's end weighs more than its name */
export function findingOf(answer: EntityAnswer): RegisterFinding {
  const { reference } = answer;
  if (!answer.found) return { says: 'not-found', reference };
  const representativeLeft = !answer.representativeAgrees;
  if (answer.state !== 'active') return { says: answer.state, representativeLeft, reference };
  return { says: answer.nameAgrees ? 'agrees' : 'name-differs', representativeLeft, reference };
}
