import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Activity } from '../../identity/activity/activity.service.js';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidOf, uuidv7 } from '../../storage/uuid.js';
import { OperatorRoleEntity } from './operator-role.entity.js';
import type { ConsoleRole } from './operator-role.entity.js';

export type { ConsoleRole } from './operator-role.entity.js';

/** A role as it was granted; a developer's is of one site. */
export interface GrantedRole {
  id: string;
  accountId: string;
  role: ConsoleRole;
  clientId?: string;
  grantedAt: Date;
  grantedBy?: string;
}

/** Who acts in the console. */
export interface Operator {
  accountId: string;
  /** An operator sees every site, a developer their own. */
  role: ConsoleRole;
  /** Whose developer this account is. */
  sites: readonly string[];
}

/** Which role: an operator's, or without `clientId` left out a developer's of that site. */
export interface WhichRole {
  accountId: string;
  clientId?: string;
  /** The operator who does it; nobody at the command line. */
  by?: string;
}

const COMMAND_LINE = uuidOf('operator|command-line');

const grantedOf = ({ id, accountId, role, clientId, grantedAt, grantedBy }: OperatorRoleEntity): GrantedRole => ({
  id,
  accountId,
  role,
  grantedAt,
  ...(clientId === null ? {} : { clientId }),
  ...(grantedBy === null ? {} : { grantedBy }),
});

const roleOf = (clientId: string | undefined): ConsoleRole => (clientId === undefined ? 'operator' : 'developer');
const siteIs = (clientId: string | undefined) => ({ clientId: clientId ?? IsNull() });

/** Who may open the console, and whose developer they are. Read at each request, so that a role ends at once. */
@Injectable()
export class Operators implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly accounts: Accounts,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /** A role ends with the account that holds it. */
  onModuleInit(): void {
    this.accounts.whenEnded(async (tx, accountId) => {
      await tx.delete(OperatorRoleEntity, { accountId });
    });
  }

  /** One indexed query; `undefined` for an account without a role. */
  async of(accountId: string): Promise<Operator | undefined> {
    const roles = await this.rolesOf(accountId);
    if (roles.length === 0) return undefined;
    const role = roles.some((one) => one.role === 'operator') ? 'operator' : 'developer';
    return { accountId, role, sites: roles.flatMap(({ clientId }) => clientId ?? []) };
  }

  /** The roles an account holds, the oldest first. */
  async rolesOf(accountId: string): Promise<GrantedRole[]> {
    return this.found({ accountId });
  }

  /** Everybody with a role, the oldest first. */
  async all(): Promise<GrantedRole[]> {
    return this.found({});
  }

  /** The developers of one site, the oldest first. */
  async developersOf(clientId: string): Promise<GrantedRole[]> {
    return this.found({ clientId });
  }

  /**
   * The account's trail says so too. The caller has looked at whom it is.
   * @returns whether it is new
   * @throws {Refusal} account.ended when the account is closed or disabled in the same moment
   */
  async grant(tx: Tx, { accountId, clientId, by }: WhichRole): Promise<boolean> {
    await this.accounts.hold(tx, accountId);
    if (await tx.existsBy(OperatorRoleEntity, { accountId, ...siteIs(clientId) })) return false;
    const grantedAt = this.clock.now();
    await tx.insert(OperatorRoleEntity, {
      id: uuidv7(grantedAt.getTime()),
      accountId,
      role: roleOf(clientId),
      clientId: clientId ?? null,
      grantedAt,
      grantedBy: by ?? null,
    });
    await this.note(tx, 'role-granted', { accountId, clientId, by });
    return true;
  }

  /** @returns whether there was one to take away */
  async revoke(tx: Tx, { accountId, clientId, by }: WhichRole): Promise<boolean> {
    const gone = await tx.delete(OperatorRoleEntity, { accountId, ...siteIs(clientId) });
    if (!gone.affected) return false;
    await this.note(tx, 'role-ended', { accountId, clientId, by });
    return true;
  }

  private async found(where: { accountId?: string; clientId?: string }): Promise<GrantedRole[]> {
    return (await this.db.manager.find(OperatorRoleEntity, { where, order: { id: 'asc' } })).map(grantedOf);
  }

  /** Where from is the operator's own, and no line of the account's. */
  private async note(tx: Tx, kind: 'role-granted' | 'role-ended', { accountId, clientId, by }: WhichRole) {
    const details = { role: roleOf(clientId), from: undefined };
    await this.activity.record(tx, { account: accountId, actor: by ?? COMMAND_LINE, kind, clientId, details });
  }
}
