import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock.js';
import type { PersonName } from '../../shared/person-name.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { CircuitBreaker } from '../circuit-breaker.js';
import type { OutboundFetch } from '../outbound.js';
import { IdentityVerifier } from './identity-verifier.gateway.js';
import type { Comparison } from './identity-verifier.gateway.js';

const TIMEOUT_MS = 3000;
const ANSWERS: readonly string[] = ['match', 'mismatch', 'not-found'] satisfies Comparison[];

export interface VerifierAccount {
  url: string;
  keyId: string;
  secret: string;
}

/** The real verifier over HTTPS with HMAC-SHA-256 (docs/gateways.md has the contract). */
export class IdentityVerifierClient extends IdentityVerifier {
  private readonly breaker: CircuitBreaker;

  constructor(
    private readonly account: VerifierAccount,
    private readonly outbound: OutboundFetch,
    private readonly clock: Clock,
  ) {
    super();
    this.breaker = new CircuitBreaker('identity verifier', clock, TIMEOUT_MS);
  }

  async compare(name: PersonName, idNumber: ResidentId): Promise<Comparison> {
    const body = JSON.stringify({ name: name.reveal(), idNumber: idNumber.reveal() });
    const timestamp = String(Math.floor(this.clock.ms() / 1000));
    const nonce = randomUUID();
    const signed = createHmac('sha256', this.account.secret).update(`${timestamp}\n${nonce}\n${body}`).digest('base64');
    return this.breaker.run(async (signal) => {
      const answer = await this.outbound.fetch(this.account.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-key-id': this.account.keyId,
          'x-timestamp': timestamp,
          'x-nonce': nonce,
          'x-signature': signed,
        },
        body,
        signal,
      });
      const { result } = (await answer.json()) as { result?: string };
      if (answer.status !== 200 || !ANSWERS.includes(result ?? '')) throw new Error(`answered ${answer.status}`);
      return result as Comparison;
    });
  }
}
