import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IdentityVerifier } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { Verdict } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { Turns } from '../limits/turns.service.js';
import { Persons } from './persons.service.js';
import { RealNameGates } from './real-name-gates.service.js';
import type { Claimed } from './real-name-gates.service.js';

/** Real-name verification by ID card: what stands before it, the authority's answer, what follows from it. */
@Injectable()
export class RealName {
  constructor(
    private readonly db: Database,
    private readonly persons: Persons,
    private readonly verifier: IdentityVerifier,
    private readonly gates: RealNameGates,
    private readonly turns: Turns,
  ) {}

  /**
   * One verification of an account after the other: a second click finds what the first one has brought about.
   * @throws {Refusal} verification.under-fourteen, .in-progress, .already-verified, limit.wait, .closed-till-tomorrow,
   * .mismatch, .not-found, .service-cap, .unavailable, .id-taken
   */
  async verify(claimed: Claimed): Promise<void> {
    this.gates.refuseChild(claimed.idNumber);
    await this.turns.inTurn('verification', claimed.accountId, 'verification.in-progress', async () =>
      this.verifyInTurn(claimed),
    );
  }

  private async verifyInTurn(claimed: Claimed): Promise<void> {
    const { accountId, name, idNumber } = claimed;
    if (await this.persons.isVerified(accountId)) throw new Refusal('verification.already-verified');
    const reference = await this.check(claimed);
    const confirmed = { name, idNumber, by: 'identity-verifier', method: 'id-card', reference } as const;
    await this.db
      .transaction(async (tx) => this.persons.confirm(tx, accountId, confirmed))
      .catch((error: unknown) => {
        throw this.gates.withHotline(error);
      });
  }

  /**
   * Whether name and number belong together, of somebody who is not to have this account: an entity's representative.
   * @returns the authority's number of its answer
   * @throws {Refusal} limit.wait, verification.closed-till-tomorrow, .mismatch, .not-found, .service-cap, .unavailable
   */
  async check(claimed: Claimed): Promise<string> {
    const used = await this.gates.pass(claimed);
    const { answer, reference } = await this.ask(claimed);
    if (answer !== 'match') throw await this.gates.refused(claimed, answer, used);
    await this.gates.giveBack(claimed);
    return reference;
  }

  /** Without an answer no try is used up, and nothing has changed. */
  private async ask(claimed: Claimed): Promise<Verdict> {
    const { name, idNumber } = claimed;
    try {
      return await this.verifier.compare({ name, idNumber, transaction: randomUUID() });
    } catch (error) {
      await this.gates.giveBack(claimed);
      if (error instanceof GatewayDown) throw new Refusal('verification.unavailable', { status: 503 });
      throw error;
    }
  }
}
