import { Injectable } from '@nestjs/common';
import { RequestAnswers } from '../../identity/entity-requests/request-answers.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Database } from '../../storage/transactions.js';
import type { AnswerForm } from './confirmations.form.js';

/** A representative's answers to what waits for them: one method a button. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly answers: RequestAnswers,
    private readonly proofs: Proofs,
    private readonly db: Database,
  ) {}

  async open(accountId: string): Promise<EntityRequest[]> {
    return this.answers.open(accountId);
  }

  /**
   * A yes needs a proof that is not SMS; a no keeps everything as it is and needs none.
   * @throws {ProofDue} @throws {Refusal} proof.closed, entity-request.* as it stands, account.ended
   */
  async answer(who: SignedIn, { request, answer }: AnswerForm): Promise<'approved' | 'denied'> {
    const { accountId } = who;
    if (answer === 'deny') {
      await this.db.transaction(async (tx) => this.answers.deny(tx, accountId, request));
      return 'denied';
    }
    await this.proofs.require(who, 'confirmation');
    await this.db.transaction(async (tx) => {
      await this.answers.approve(tx, accountId, request);
      // A refusal uses no proof up.
      await this.proofs.use(who, 'confirmation');
    });
    return 'approved';
  }
}
