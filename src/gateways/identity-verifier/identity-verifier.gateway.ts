import type { PersonName } from '../../shared/person-name.js';
import type { ResidentId } from '../../shared/resident-id.js';

/** The authority's answer about a name and an ID number. */
export type Comparison = 'match' | 'mismatch' | 'not-found';

/** The authority that knows which name belongs to which resident ID number. */
export abstract class IdentityVerifier {
  /** @throws {GatewayDown} when it does not answer, or not in three seconds */
  abstract compare(name: PersonName, idNumber: ResidentId): Promise<Comparison>;
}
