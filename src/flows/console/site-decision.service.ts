import { Injectable } from '@nestjs/common';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import type { SiteChange } from '../../oidc/sites/site-changes.service.js';
import { SiteDecisions } from '../../oidc/sites/site-decisions.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { DecisionForm } from './decision.form.js';
import { sitePath } from './sections.js';

const ACT = 'site-decision';

const pageOf = ({ clientId, id }: SiteChange): string => `${sitePath(clientId)}/changes/${id}/decide`;

/** An operator decides a change that waits, after a fresh proof. */
@Injectable()
export class SiteDecision {
  constructor(
    private readonly changes: SiteChanges,
    private readonly decisions: SiteDecisions,
    private readonly proofs: Proofs,
  ) {}

  /** Before the form is shown, and before it is read. @throws {ProofDue} @throws {Refusal} page.not-found (404), proof.closed */
  async open(who: SignedIn, clientId: string, id: string): Promise<SiteChange> {
    const change = await this.changes.get(clientId, id);
    await this.proofs.require(who, ACT, pageOf(change));
    return change;
  }

  /** @throws {Refusal} site-change.reason-missing, and as `SiteDecisions`; those use up no proof */
  async decide(who: SignedIn, change: SiteChange, { decision, reason }: DecisionForm): Promise<void> {
    if (decision === 'refuse' && reason === undefined) {
      throw new Refusal('site-change.reason-missing', { field: 'reason' });
    }
    const { clientId, id } = change;
    const made = { clientId, id, actor: who.accountId, reason };
    await this.decisions.check(decision, made);
    await this.proofs.use(who, ACT, pageOf(change));
    await this.decisions[decision](made);
  }
}
