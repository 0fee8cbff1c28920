import type { PersonName } from '../../shared/person-name.js';
import type { Phone } from '../../shared/phone.js';
import type { ResidentId } from '../../shared/resident-id.js';

/** The authority's answer about a name and an ID number. */
export type Comparison = 'match' | 'mismatch' | 'not-found';

/** Whether these belong together. */
export interface Question {
  name: PersonName;
  idNumber: ResidentId;
  /** The number that should be registered to the person too: three factors instead of two. */
  phone?: Phone;
  /** Ours, one a question: the verifier does the same one once, however often it arrives. */
  transaction: string;
}

export interface Verdict {
  answer: Comparison;
  /** The verifier's own number of this answer: what its support and an audit ask for. */
  reference: string;
}

/** The authority that knows which name belongs to which resident ID number. */
export abstract class IdentityVerifier {
  /** @throws {GatewayDown} when it does not answer, or not in three seconds */
  abstract compare(question: Question): Promise<Verdict>;
}
