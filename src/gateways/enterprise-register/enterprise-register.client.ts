import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../shared/clock.js';
import type { OutboundFetch } from '../outbound.js';
import { NotTaken, OutsideParty } from '../outside-party.js';
import { EnterpriseRegister } from './enterprise-register.gateway.js';
import type { EntityAnswer, EntityClaim, EntityState } from './enterprise-register.gateway.js';

const STATES: readonly unknown[] = ['active', 'cancelled', 'revoked'] satisfies EntityState[];

export interface RegisterAccount {
  url: string;
  keyId: string;
  secret: string;
}

interface WireAnswer {
  reference?: unknown;
  found?: unknown;
  state?: unknown;
  nameAgrees?: unknown;
  representativeAgrees?: unknown;
}

/** What is signed: method, path, time, transaction and the body's hash, a line each (docs/gateways.md). */
export const signatureOf = (secret: string, path: string, time: string, transaction: string, body: string): string =>
  createHmac('sha256', secret)
    .update(['POST', path, time, transaction, createHash('sha256').update(body).digest('hex')].join('\n'))
    .digest('base64');

/** The real register over HTTPS with HMAC-SHA-256: the contract of docs/gateways.md, which an operator's bridge fulfils. */
export class EnterpriseRegisterClient extends EnterpriseRegister {
  private readonly party = new OutsideParty('enterprise register');

  constructor(
    private readonly account: RegisterAccount,
    private readonly outbound: OutboundFetch,
    private readonly clock: Clock,
  ) {
    super();
  }

  async compare({ creditCode, name, representative, transaction }: EntityClaim): Promise<EntityAnswer> {
    const body = JSON.stringify({
      creditCode: creditCode.reveal(),
      name: name.reveal(),
      representative: { name: representative.name.reveal(), idNumber: representative.idNumber.reveal() },
    });
    return this.party.ask(async (signal) => this.asked(body, transaction, signal));
  }

  private async asked(body: string, transaction: string, signal: AbortSignal): Promise<EntityAnswer> {
    const { url, keyId, secret } = this.account;
    const time = String(Math.floor(this.clock.ms() / 1000));
    const answer = await this.outbound.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-key-id': keyId,
        'x-time': time,
        'x-transaction': transaction,
        'x-signature': signatureOf(secret, new URL(url).pathname, time, transaction, body),
      },
      body,
      signal,
    });
    if (answer.status >= 400 && answer.status < 500) throw new NotTaken(`answered ${answer.status}`);
    if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
    return understood((await answer.json()) as WireAnswer);
  }
}

/** @throws {Error} for an answer that says less or something else than the contract */
function understood({ reference, found, state, nameAgrees, representativeAgrees }: WireAnswer): EntityAnswer {
  if (typeof reference !== 'string' || reference === '') throw new Error('an answer without its number');
  if (found === false) return { found, reference };
  const said = typeof nameAgrees === 'boolean' && typeof representativeAgrees === 'boolean' && STATES.includes(state);
  if (found !== true || !said) throw new Error('an answer of another form');
  return { found, state: state as EntityState, nameAgrees, representativeAgrees, reference };
}
