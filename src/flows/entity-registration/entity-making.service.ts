import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import type { EntityDraft } from '../../identity/accounts/entities.service.js';
import { UserNames } from '../../identity/accounts/user-names.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { EntityRequests } from '../../identity/entity-requests/entity-requests.service.js';
import type { SecretText } from '../../shared/secret-text.js';
import type { UserName } from '../../shared/user-name.js';
import type { Tx } from '../../storage/transactions.js';

/** Makes the account of an entity that the register and its representative have confirmed. */
@Injectable()
export class EntityMaking {
  constructor(
    private readonly entities: Entities,
    private readonly userNames: UserNames,
    private readonly passwords: Passwords,
    private readonly requests: EntityRequests,
  ) {}

  /** What else waits for the representative's word on this entity comes to nothing. @throws {Refusal} entity.taken, user-name.taken */
  async make(tx: Tx, draft: EntityDraft, passwordHash: SecretText, userName?: UserName): Promise<string> {
    const id = await this.entities.create(tx, draft);
    if (userName) await this.userNames.set(tx, id, userName);
    await this.passwords.set(tx, id, passwordHash);
    await this.requests.overtake(tx, 'registration', draft.creditCode);
    return id;
  }
}
