import { Injectable } from '@nestjs/common';
import { Persons } from '../../identity/accounts/persons.service.js';
import { Password } from '../../identity/credentials/password.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { PasswordChangeForm } from './password-change.form.js';

/** Changing the password: the present one proves the person; every other session ends. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly persons: Persons,
    private readonly proofs: Proofs,
    private readonly checks: ProofChecks,
    private readonly passwords: Passwords,
    private readonly waysIn: WaysIn,
  ) {}

  /** @throws {Refusal} proof.closed for a day after a change of number */
  async refuseClosed(accountId: string): Promise<void> {
    await this.proofs.refuseClosed(accountId, 'password');
  }

  /** The new one is judged first: a form refused for it spends no try. @throws {Refusal} password.*, proof.* */
  async submit(
    { accountId, uid }: SignedIn,
    { currentPassword, password }: PasswordChangeForm,
    address: string,
  ): Promise<void> {
    await this.refuseClosed(accountId);
    const phone = (await this.persons.find(accountId))?.phone;
    const next = Password.parse(password, phone);
    await this.checks.password(accountId, currentPassword, address).catch((refusal: unknown) => {
      throw refusal instanceof Refusal ? refusal.at('currentPassword') : refusal;
    });
    const hash = await this.passwords.hash(next);
    const change = { accountId, notice: 'password-set', spare: uid } as const;
    await this.waysIn.change(change, async (tx) => this.passwords.set(tx, accountId, hash));
  }
}
