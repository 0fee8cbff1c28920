import { Injectable } from '@nestjs/common';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { Candidates } from '../../oidc/operators/candidates.service.js';
import { Operators } from '../../oidc/operators/operators.service.js';
import { RoleChanges } from '../../oidc/operators/role-changes.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { DeveloperForm } from './people.form.js';
import { PeopleBudget } from './people-budget.service.js';

const GRANT = 'site-developer';
const END = 'site-developer-end';

/** Operators make a site's developers, and unmake them: one method a button. Operators are made at the command line. */
@Injectable()
export class DeveloperRoles {
  constructor(
    private readonly operators: Operators,
    private readonly candidates: Candidates,
    private readonly changes: RoleChanges,
    private readonly proofs: Proofs,
    private readonly budget: PeopleBudget,
  ) {}

  /** Before the form is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn): Promise<void> {
    await this.proofs.require(who, GRANT);
  }

  /**
   * A refusal uses no proof up, and says no more than that this number is of nobody who can have the role.
   * @throws {ProofDue} @throws {Refusal} proof.closed, limit.wait, console.person-unfit, console.developer-already, account.ended
   */
  async grant(who: SignedIn, { phone, site: clientId }: DeveloperForm, address: string): Promise<void> {
    await this.require(who);
    await this.budget.spend(who.accountId, phone, address);
    const { accountId } = { accountId: undefined, ...(await this.candidates.byPhone(phone)) };
    if (accountId === undefined) throw new Refusal('console.person-unfit', { field: 'phone' });
    const already = (await this.operators.rolesOf(accountId)).some((role) => role.clientId === clientId);
    if (already) throw new Refusal('console.developer-already', { field: 'phone' });
    await this.proofs.use(who, GRANT);
    await this.changes.grant({ accountId, clientId, by: who.accountId });
  }

  /** @throws {ProofDue} @throws {Refusal} proof.closed, console.role-gone (404) for one that is no developer's */
  async end(who: SignedIn, id: string): Promise<void> {
    const role = (await this.operators.all()).find((one) => one.id === id && one.role === 'developer');
    if (!role) throw new Refusal('console.role-gone', { status: 404 });
    await this.proofs.use(who, END);
    const { accountId, clientId } = role;
    await this.changes.revoke({ accountId, clientId, by: who.accountId });
  }
}
