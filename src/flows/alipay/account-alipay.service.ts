import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import { Refusal } from '../../shared/refusal.js';

const ACT = 'alipay';

/** The Alipay of an account, seen from the user centre: whether it is bound, and unbinding it. */
@Injectable()
export class AccountAlipay {
  constructor(
    private readonly bindings: AlipayBindings,
    private readonly passwords: Passwords,
    private readonly proofs: Proofs,
    private readonly waysIn: WaysIn,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  async since(accountId: string): Promise<Date | undefined> {
    return this.bindings.since(accountId);
  }

  /**
   * Before a person goes to Alipay to bind. Where Alipay proves that it is the account's own person, that is the proof;
   * where it does not tell, a verified account's owner gives another one.
   * @throws {ProofDue} @throws {Refusal} proof.closed
   */
  async prove(who: SignedIn, { level }: Profile, verifies: boolean): Promise<void> {
    if (level > 0 && !verifies) await this.proofs.use(who, ACT);
  }

  /**
   * Of any number of requests at once, one unbinds; every other session ends, since Alipay may have opened it.
   * @throws {ProofDue} @throws {Refusal} alipay.not-bound, alipay.only-way-in, proof.closed
   */
  async unbind(who: SignedIn, profile: Profile): Promise<void> {
    const { accountId, uid: spare } = who;
    if (!(await this.bindings.since(accountId))) throw new Refusal('alipay.not-bound');
    if (!(await this.hasAnotherWay(profile))) throw new Refusal('alipay.only-way-in');
    await this.proofs.use(who, ACT);
    await this.waysIn.change({ accountId, notice: 'alipay-unbound', spare }, async (tx) => {
      if (!(await this.bindings.unbind(tx, accountId))) throw new Refusal('alipay.not-bound');
    });
  }

  /** A number that a code logs in by, or a password with a name to type before it. */
  private async hasAnotherWay({ accountId, maskedPhone, maskedIdNumber, userName }: Profile): Promise<boolean> {
    const { methods, identifiers } = this.jurisdiction.login;
    if (maskedPhone !== undefined && methods.includes('sms')) return true;
    const names = { phone: maskedPhone, 'resident-id': maskedIdNumber, 'user-name': userName };
    return identifiers.some((kind) => names[kind] !== undefined) && (await this.passwords.has(accountId));
  }
}
