import { Injectable } from '@nestjs/common';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import type { ChallengePlace } from '../../identity/certificates/certificate-challenges.service.js';
import { CertificateOwners } from '../../identity/certificates/certificate-owners.service.js';
import { CertificateProofs } from '../../identity/certificates/certificate-proofs.service.js';
import { CertificateChanges } from '../../oidc/certificate-changes.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Amr } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignedChallengeForm } from '../../web/signed-challenge.form.js';

/** What is due: to bind the first one right after registering, to sign by one that is bound, or to bind one in the account first. */
export type CertificateStage = 'bind' | 'sign' | 'unbound';
/** A stage whose page asks for a signature. */
export type SigningStage = Exclude<CertificateStage, 'unbound'>;

const PURPOSES = { bind: 'bind', sign: 'login' } as const;

/** Of this journey and its account: a challenge counts for no other one. */
export const placeOf = ({ cid, accountId }: CurrentInteraction, stage: SigningStage): ChallengePlace => ({
  purpose: PURPOSES[stage],
  binding: `${cid}|${accountId as string}`,
});

/** Bound meanwhile, in another tab or by a second click: that is what the page was for. */
function unlessBound(refusal: unknown): void {
  if (refusal instanceof Refusal && refusal.code === 'certificate.already-bound') return;
  throw refusal;
}

/** A legal entity's certificate on the way to a site: right after registering, else the step up to level 3. */
@Injectable()
export class CertificateSteps {
  constructor(
    private readonly bindings: CertificateBindings,
    private readonly proofs: CertificateProofs,
    private readonly owners: CertificateOwners,
    private readonly changes: CertificateChanges,
  ) {}

  async stage({ accountId, registered }: CurrentInteraction): Promise<CertificateStage> {
    if ((await this.bindings.list(accountId as string)).length > 0) return 'sign';
    return registered ? 'bind' : 'unbound';
  }

  /**
   * @returns by what the session has been proved
   * @throws {Refusal} limit.wait, challenge.*, certificate.*, signature.*, login.disabled; certificate.not-own for one that is
   * bound to another account or to none
   */
  async take(i: CurrentInteraction, stage: SigningStage, form: SignedChallengeForm, address: string): Promise<Amr> {
    const account = i.accountId as string;
    const proved = await this.proofs.prove(placeOf(i, stage), form, address);
    if (stage === 'bind') await this.changes.add(account, proved).catch(unlessBound);
    if ((await this.owners.of(proved)) !== account) throw new Refusal('certificate.not-own');
    return proved.amr;
  }
}
