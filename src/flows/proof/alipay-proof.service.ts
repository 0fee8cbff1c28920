import { Injectable } from '@nestjs/common';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { AlipayVisits } from '../../identity/alipay/alipay-visits.service.js';
import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';

/** Of this session and this act: who comes back counts for no other one. */
export const placeOfProof = ({ uid }: SignedIn, act: GuardedAct): string => `proof|${uid}|${act}`;

/** A person's proof by the Alipay that is bound to the account (DESIGN 6). */
@Injectable()
export class AlipayProof {
  constructor(
    private readonly visits: AlipayVisits,
    private readonly bindings: AlipayBindings,
    private readonly proofs: Proofs,
  ) {}

  /** Before a person goes there in vain. @throws {Refusal} proof.closed */
  async begin(who: SignedIn, act: GuardedAct): Promise<void> {
    await this.proofs.refuseClosed(who.accountId, act);
  }

  /**
   * Nobody is kept, refused or not: the next one to come back is asked about anew.
   * @returns whether anybody has come back
   * @throws {Refusal} proof.closed, limit.wait, alipay.*; alipay.not-own for one that is bound to another account or to none
   */
  async give(who: SignedIn, act: GuardedAct, address: string): Promise<boolean> {
    const place = placeOfProof(who, act);
    const person = await this.visits.receive(place, address);
    if (!person) return false;
    await this.visits.drop(place);
    if ((await this.bindings.find(person.user)) !== who.accountId) throw new Refusal('alipay.not-own');
    await this.proofs.giveByAlipay(who, act);
    return true;
  }
}
