import { Injectable } from '@nestjs/common';
import type { EntityName } from '../../shared/entity-name.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Entities } from '../accounts/entities.service.js';
import { EntityUpdates } from '../accounts/entity-updates.service.js';
import type { Confirmation } from '../accounts/entity-updates.service.js';
import { Persons } from '../accounts/persons.service.js';
import type { RegisterFinding } from '../accounts/register-says.js';
import { Activity } from '../activity/activity.service.js';
import { Notices } from '../notices/notices.service.js';

const agrees = ({ registerSays, representativeLeft }: Confirmation): boolean =>
  registerSays === 'agrees' && !representativeLeft;

/** What the register has said, written down; of a change the entity is told. */
@Injectable()
export class RegisterFindings {
  constructor(
    private readonly db: Database,
    private readonly updates: EntityUpdates,
    private readonly entities: Entities,
    private readonly persons: Persons,
    private readonly activity: Activity,
    private readonly notices: Notices,
  ) {}

  /**
   * @param name the entity's new one, which this answer confirms
   * @returns how the entity stands now; `undefined` when its account has been closed meanwhile
   */
  async write(accountId: string, finding: RegisterFinding, name?: EntityName): Promise<Confirmation | undefined> {
    return this.db.transaction(async (tx) => {
      const heard = await this.updates.hear(tx, accountId, finding);
      if (!heard) return undefined;
      if (name) await this.updates.rename(tx, accountId, name);
      const { before, now } = heard;
      const same = before.registerSays === now.registerSays && before.representativeLeft === now.representativeLeft;
      if (same) return now;
      const kind = agrees(now) ? 'register-agrees' : 'register-differs';
      await this.activity.record(tx, { account: accountId, kind, details: { ...now } });
      if (!agrees(now)) await this.tell(tx, accountId, now.representativeLeft && !before.representativeLeft);
      return now;
    });
  }

  /** The entity at its contact number, or at its representative's while that one counts; and who counts no more. */
  private async tell(tx: Tx, account: string, left: boolean): Promise<void> {
    const entity = await this.entities.find(account, tx);
    const object = entity?.name.reveal();
    await this.notices.tell(tx, { account, purpose: 'register-differs', object });
    const theirs = left && entity?.representativeAccount;
    const phone = theirs ? await this.persons.phoneIn(tx, theirs) : undefined;
    if (phone) await this.notices.tell(tx, { account, purpose: 'representative-left', phone, object });
  }
}
