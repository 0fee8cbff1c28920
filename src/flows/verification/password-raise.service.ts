import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import { Arrivals } from '../../oidc/arrivals.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Refusal } from '../../shared/refusal.js';

/** The password in a session that an SMS code opened: together they carry what the account holds (DESIGN 4). */
@Injectable()
export class PasswordRaise {
  constructor(
    private readonly checks: ProofChecks,
    private readonly arrivals: Arrivals,
    private readonly interactions: Interactions,
  ) {}

  /** @throws {Refusal} raise.password-wrong, login.wait @throws {Unavailable} too many hashes */
  async prove({ accountId }: CurrentInteraction, typed: string, address: string): Promise<void> {
    await this.checks.password(accountId as string, typed, address).catch((refusal: unknown) => {
      const wrong = refusal instanceof Refusal && refusal.code === 'proof.password-wrong';
      throw wrong ? new Refusal('raise.password-wrong', { field: 'password' }) : refusal;
    });
  }

  /** A line of the account's trail, as a login is; then the journey goes on. */
  async finish(i: CurrentInteraction, request: Request, response: Response): Promise<void> {
    const accountId = i.accountId as string;
    await this.arrivals.announce(request, response, { accountId, amr: ['pwd'], site: i.site.id });
    await this.interactions.raise(request, response, { accountId, means: 'pwd' }, { verification: 'done' });
  }
}
