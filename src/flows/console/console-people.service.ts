import { Injectable } from '@nestjs/common';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import { Operators } from '../../oidc/operators/operators.service.js';
import type { GrantedRole } from '../../oidc/operators/operators.service.js';

/** Somebody with a role, by the masked name. */
export interface NamedRole extends GrantedRole {
  maskedName: string;
}

/** Who has a role, as others in the console see them: masked. */
@Injectable()
export class ConsolePeople {
  constructor(
    private readonly operators: Operators,
    private readonly profiles: Profiles,
  ) {}

  /** Everybody with a role, the oldest first. */
  async all(): Promise<NamedRole[]> {
    return this.named(await this.operators.all());
  }

  async developersOf(clientId: string): Promise<NamedRole[]> {
    return this.named(await this.operators.developersOf(clientId));
  }

  private async named(roles: readonly GrantedRole[]): Promise<NamedRole[]> {
    return Promise.all(
      roles.map(async (role) => ({ ...role, maskedName: (await this.profiles.of(role.accountId))?.maskedName ?? '*' })),
    );
  }
}
