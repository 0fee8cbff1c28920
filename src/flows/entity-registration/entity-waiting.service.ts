import { Injectable } from '@nestjs/common';
import { UserNameTries } from '../../identity/accounts/user-name-tries.service.js';
import { EntityRequests, refusalOf } from '../../identity/entity-requests/entity-requests.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import { UserName } from '../../shared/user-name.js';
import { Database } from '../../storage/transactions.js';
import { EntityDrafts } from './entity-draft.service.js';
import { EntityMaking } from './entity-making.service.js';
import { registrationOf } from './kept-registration.js';

/** A registration that waits for the representative's word, in the journey that made it or has found it again. */
@Injectable()
export class EntityWaiting {
  constructor(
    private readonly db: Database,
    private readonly requests: EntityRequests,
    private readonly making: EntityMaking,
    private readonly userNames: UserNameTries,
    private readonly drafts: EntityDrafts,
  ) {}

  /** What this journey waits for; `none` when it waits for nothing, `gone` when it is not there any more. */
  async of(cid: string): Promise<EntityRequest | 'none' | 'gone'> {
    const { request } = await this.drafts.of(cid);
    if (!request) return 'none';
    return (await this.requests.find(request)) ?? 'gone';
  }

  /**
   * Makes the account of what was confirmed.
   * @param typed another user name, where the one chosen then has been taken meanwhile
   * @throws {Refusal} entity-request.* as it stands; user-name.*, entity.taken, limit.wait
   */
  async finish(cid: string, typed: string | undefined, address: string): Promise<string> {
    const request = await this.of(cid);
    if (typeof request === 'string') throw refusalOf(undefined);
    const { entity, passwordHash, userName: chosen } = registrationOf(request.draft);
    const userName = chosen && typed !== undefined ? UserName.parse(typed) : chosen;
    if (userName && userName !== chosen) await this.userNames.judgeNew(cid, userName, address);
    return this.db.transaction(async (tx) => {
      await this.requests.finish(tx, request);
      return this.making.make(tx, entity, passwordHash, userName);
    });
  }

  async withdraw(cid: string): Promise<void> {
    const { request } = await this.drafts.of(cid);
    if (request) await this.db.transaction(async (tx) => this.requests.withdraw(tx, request));
  }
}
