import { Injectable } from '@nestjs/common';
import { Sessions } from './sessions.service.js';
import type { LiveSession } from './sessions.service.js';
import { Operators } from './operators/operators.service.js';
import type { GrantedRole } from './operators/operators.service.js';

/** What is held of an account here: where it is logged in, and what it may do in the console. */
@Injectable()
export class OidcHeld {
  constructor(
    private readonly sessions: Sessions,
    private readonly operators: Operators,
  ) {}

  async of(accountId: string): Promise<{ sessions: LiveSession[]; roles: GrantedRole[] }> {
    const [sessions, roles] = await Promise.all([this.sessions.list(accountId), this.operators.rolesOf(accountId)]);
    return { sessions, roles };
  }
}
