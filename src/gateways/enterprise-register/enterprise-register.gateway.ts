import type { CreditCode } from '../../shared/credit-code.js';
import type { EntityName } from '../../shared/entity-name.js';
import type { PersonName } from '../../shared/person-name.js';
import type { ResidentId } from '../../shared/resident-id.js';

/** In business, struck off, or its licence taken away. */
export type EntityState = 'active' | 'cancelled' | 'revoked';

/** What is claimed of a legal entity. */
export interface EntityClaim {
  creditCode: CreditCode;
  name: EntityName;
  representative: { name: PersonName; idNumber: ResidentId };
  /** Ours, one a question: the register does the same one once, however often it arrives. */
  transaction: string;
}

/** What the register says of the claim: it compares, so that nothing leaves it that was not known already. */
export type EntityAnswer =
  | { found: false; reference: string }
  | { found: true; state: EntityState; nameAgrees: boolean; representativeAgrees: boolean; reference: string };

/** The register of enterprises and other legal entities (market supervision, civil affairs, the organs' own). */
export abstract class EnterpriseRegister {
  /** @throws {GatewayDown} when it does not answer, or not in three seconds */
  abstract compare(claim: EntityClaim): Promise<EntityAnswer>;
}
