import { Injectable } from '@nestjs/common';
import { UserNameTries } from '../../identity/accounts/user-name-tries.service.js';
import { UserNames } from '../../identity/accounts/user-names.service.js';
import { Notices } from '../../identity/notices/notices.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { UserName } from '../../shared/user-name.js';
import { Database } from '../../storage/transactions.js';

/** Choosing a user name, and another one later: a way in more, so it is proved before and told afterwards (DESIGN 6). */
@Injectable()
export class UserNameChoice {
  constructor(
    private readonly tries: UserNameTries,
    private readonly userNames: UserNames,
    private readonly proofs: Proofs,
    private readonly notices: Notices,
    private readonly db: Database,
  ) {}

  /** Before the page is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn): Promise<void> {
    await this.proofs.require(who, 'user-name');
  }

  /** A name that cannot be had uses up no proof. @throws {ProofDue} @throws {Refusal} proof.closed, limit.wait, user-name.* */
  async choose(who: SignedIn, name: UserName, address: string): Promise<void> {
    await this.require(who);
    await this.tries.judge(who.accountId, name, address);
    await this.proofs.use(who, 'user-name');
    await this.set(who.accountId, name);
  }

  /** Right after registering, for the account of that journey: registering was the proof. @throws {Refusal} as `choose` */
  async chooseFirst(accountId: string, name: UserName, address: string): Promise<void> {
    await this.tries.judge(accountId, name, address);
    await this.set(accountId, name);
  }

  private async set(account: string, name: UserName): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.userNames.set(tx, account, name);
      await this.notices.tell(tx, { account, purpose: 'user-name-set' });
    });
  }
}
