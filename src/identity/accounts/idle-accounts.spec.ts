import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { stubResidents } from '../../gateways/identity-verifier/identity-verifier.stub.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Activity, USED } from '../activity/activity.service.js';
import type { ActivityKind } from '../activity/activity.service.js';
import { Accounts } from './accounts.service.js';
import { IdleAccounts } from './idle-accounts.service.js';
import { Persons } from './persons.service.js';

const DAY = 24 * 3600;

describe('accounts that nobody uses', () => {
  let service: RunningService;
  let db: Database;
  let next = 13_100_000_000;

  beforeAll(async () => {
    service = await startService('hubei');
    db = service.app.get(Database);
  });
  afterAll(async () => service.close());

  const account = async (): Promise<string> =>
    db.transaction(async (tx) =>
      service.app.get(Accounts).createPerson(tx, { phone: Phone.parse(String((next += 1))) }),
    );
  const verified = async (): Promise<string> => {
    const id = await account();
    const { name, idNumber } = stubResidents()[next % 10] as { name: string; idNumber: string };
    await db.transaction(async (tx) =>
      service.app.get(Persons).confirm(tx, id, {
        name: PersonName.parse(name),
        idNumber: ResidentId.fromCanonical(idNumber),
        by: 'identity-verifier',
        method: 'id-card',
        reference: 'R-1',
      }),
    );
    return id;
  };
  const isIdle = async (id: string) => service.app.get(IdleAccounts).isIdle(id);
  const does = async (id: string, kind: ActivityKind) => service.app.get(Activity).note({ account: id, kind });

  it('is idle after 365 days without use, to the second; use of whatever way begins them anew', async () => {
    const id = await verified();
    service.clock.advance(365 * DAY - 60);
    expect(await isIdle(id)).toBe(false);
    service.clock.advance(120);
    expect(await isIdle(id)).toBe(true);
    await does(id, 'permission-given');
    expect(await isIdle(id)).toBe(false);
    service.clock.advance(365 * DAY + 60);
    expect(await isIdle(id)).toBe(true);
  });

  it('what a site fetches, a stranger asks for or an operator does is no use', async () => {
    const id = await verified();
    service.clock.advance(366 * DAY);
    for (const kind of ['release', 'phone-move-asked', 'phone-freed', 'disabled', 'deregistration-asked'] as const) {
      await does(id, kind);
    }
    expect(await isIdle(id)).toBe(true);
    await does(id, 'login');
    expect(await isIdle(id)).toBe(false);
  });

  it('is never said of an account that is unverified or disabled', async () => {
    const [id, gone] = [await account(), await verified()];
    service.clock.advance(366 * DAY);
    await db.transaction(async (tx) => service.app.get(Accounts).disable(tx, gone));
    expect([await isIdle(id), await isIdle(gone)]).toEqual([false, false]);
  });

  it('is found by the index on account and id, in each month', async () => {
    const lines = await db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return (await tx.query(`explain ${USED}`, [
        '00000000-0000-4000-8000-000000000000',
        '00000000-0000-0000-0000-000000000000',
        ['login'],
      ])) as { 'QUERY PLAN': string }[];
    });
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Cond: \(\(account_id = .* AND \(id >= /);
    expect(plan).not.toContain('Seq Scan');
  });
});
