import { Injectable } from '@nestjs/common';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { ProvedPersons } from '../../identity/proofs/proved-persons.service.js';
import { RecoveryCodes } from '../../identity/proofs/recovery-codes.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { Tx } from '../../storage/transactions.js';
import { LostNumberDrafts } from './lost-number-draft.service.js';
import { LostNumberProofs } from './lost-number-proofs.service.js';
import { Moving } from './moving.service.js';
import type { Move } from './moving.service.js';

/** Second page, with a proof: the number moves at once. Once a draft; without one there is nothing to do. */
@Injectable()
export class ProofSteps {
  constructor(
    private readonly drafts: LostNumberDrafts,
    private readonly proofs: LostNumberProofs,
    private readonly codes: RecoveryCodes,
    private readonly moving: Moving,
    private readonly numbers: ProvedNumbers,
    private readonly persons: ProvedPersons,
  ) {}

  /** @returns the account to sign in @throws {Refusal} as `LostNumberProofs.password` does, lost-number.phone-in-use */
  async byPassword(cid: string, typed: string, address: string): Promise<string | undefined> {
    const draft = await this.drafts.ready(cid);
    if (!draft) return undefined;
    const accountId = await this.proofs.password(draft, typed, address);
    return this.drafts.once(cid, draft, async () => this.move({ accountId, phone: draft.phone, by: 'password' }));
  }

  /** The journey then knows number and person: the reset asks for the new password alone. */
  async byRecoveryCode(cid: string, code: string, address: string): Promise<string | undefined> {
    const draft = await this.drafts.ready(cid);
    if (!draft) return undefined;
    const accountId = await this.proofs.recoveryCode(draft, code, address);
    const { phone } = draft;
    return this.drafts.once(cid, draft, async () => {
      await this.move({ accountId, phone, by: 'recovery-code' }, async (tx) => {
        if (!(await this.codes.take(tx, code))) throw new Refusal('recovery-code.wrong', { field: 'recoveryCode' });
      });
      await this.numbers.keep(cid, phone);
      await this.persons.keep(cid, accountId);
      return accountId;
    });
  }

  private async move(move: Move, first?: (tx: Tx) => Promise<void>): Promise<string> {
    await this.moving.move(move, first).catch((refusal: unknown) => {
      const taken = refusal instanceof Refusal && refusal.code === 'phone.taken-elsewhere';
      throw taken ? new Refusal('lost-number.phone-in-use') : refusal;
    });
    return move.accountId;
  }
}
