import { Parsed } from './fields.js';

/** Longer than any challenge of ours in base64. */
const LONGEST_CHALLENGE = 4000;
/** Certificates with a chain, or a message that holds them; the body of a request holds no more. */
const LONGEST_ANSWER = 60_000;
const asSent = (raw: string): string => raw;

/** The fields of `CertificateFields` as they came; `CertificateJudge` says what they prove. */
export class SignedChallengeForm {
  @Parsed(asSent, LONGEST_CHALLENGE)
  challenge!: string;

  @Parsed(asSent, LONGEST_ANSWER)
  certificate!: string;

  @Parsed(asSent, LONGEST_ANSWER)
  signature!: string;
}
