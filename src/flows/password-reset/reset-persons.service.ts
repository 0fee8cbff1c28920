import { Injectable } from '@nestjs/common';
import { Contacts } from '../../identity/accounts/contacts.service.js';
import { ContactClaims } from '../../identity/proofs/contact-claims.service.js';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import { ProvedPersons } from '../../identity/proofs/proved-persons.service.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import type { ResetProofForm } from './password-reset.form.js';
import type { ResetStage } from './reset-progress.service.js';

/** The person behind the number: of the account that has it, or of one whose contact it is. */
@Injectable()
export class ResetPersons {
  constructor(
    private readonly checks: ProofChecks,
    private readonly claims: ContactClaims,
    private readonly persons: ProvedPersons,
    private readonly contacts: Contacts,
    private readonly db: Database,
  ) {}

  /** A contact that is proved so is the account's number from now on. @throws {Refusal} proof.identity-*, limit.wait */
  async prove(
    cid: string,
    { accountId, phone }: Extract<ResetStage, { page: 'person' }>,
    { name, idNumberLast6 }: ResetProofForm,
    address: string,
  ): Promise<void> {
    const isNumber = (held: ResidentId) => held.last6 === idNumberLast6;
    if (accountId) {
      await this.checks.identity(accountId, name, isNumber, address);
      return this.persons.keep(cid, accountId);
    }
    const found = await this.claims.find(phone, name, isNumber, address);
    await this.db.transaction(async (tx) => this.contacts.prove(tx, found, phone));
    await this.persons.keep(cid, found);
  }
}
