import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { Permissions } from '../permissions/permissions.service.js';
import { Accounts } from './accounts.service.js';
import { Agreements } from './agreements.service.js';
import { Persons } from './persons.service.js';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (refusal: Refusal) => refusal.code,
  );
const tally = (codes: string[]) => Object.groupBy(codes, (code) => code);

describe('accounts', () => {
  let service: RunningService;
  let db: Database;
  let accounts: Accounts;
  let persons: Persons;
  let next = 13_500_000_000;
  const freshPhone = () => Phone.parse(String((next += 1)));
  const create = async (phone = freshPhone()) => db.transaction(async (tx) => accounts.createPerson(tx, { phone }));
  const confirm = async (id: string, name: string, idNumber: string) =>
    db.transaction(async (tx) =>
      persons.confirm(tx, id, {
        name: PersonName.parse(name),
        idNumber: ResidentId.fromCanonical(idNumber),
        by: 'identity-verifier',
        method: 'id-card',
        reference: 'R-1',
      }),
    );

  beforeAll(async () => {
    service = await startService('hubei');
    db = service.app.get(Database);
    accounts = service.app.get(Accounts);
    persons = service.app.get(Persons);
  });
  afterAll(async () => service.close());

  it('R-2.1 makes one account for a number, of 50 asked for at once', async () => {
    const phone = freshPhone();
    const codes = await Promise.all(Array.from({ length: 50 }, async () => codeOf(create(phone))));
    expect(tally(codes)['done']).toHaveLength(1);
    expect(tally(codes)['phone.taken']).toHaveLength(49);
    const id = (await accounts.find('phone', phone)) as string;
    const [{ rows }] = (await db.query('select count(*)::int as rows from natural_persons where account_id = $1', [
      id,
    ])) as [{ rows: number }];
    expect(rows).toBe(1);
  });

  it('R-3.4 gives an ID number to one account, of 50 that are confirmed at once; the others stay as they were', async () => {
    const ids: string[] = [];
    for (let made = 0; made < 50; made += 1) ids.push(await create());
    const codes = await Promise.all(ids.map(async (id) => codeOf(confirm(id, '张三', '420106199003071019'))));
    expect(tally(codes)['done']).toHaveLength(1);
    expect(tally(codes)['verification.id-taken']).toHaveLength(49);
    const standings = await Promise.all(ids.map(async (id) => accounts.standing(id)));
    expect(standings.filter((standing) => standing?.level === 1)).toHaveLength(1);
    const loser = ids[codes.indexOf('verification.id-taken')] as string;
    expect((await persons.find(loser))?.name).toBeUndefined();
  });

  it('R-3.1 what is verified cannot be verified again as somebody else', async () => {
    const id = await create();
    await confirm(id, '李四', '420106198506121028');
    expect(await codeOf(confirm(id, '王小明', '420502199901010038'))).toBe('verification.already-verified');
    expect((await persons.find(id))?.name?.reveal()).toBe('李四');
    expect(await accounts.find('resident-id', ResidentId.fromCanonical('420502199901010038'))).toBeUndefined();
  });

  it('R-8.2 a profile is masked, rare characters whole', async () => {
    const phone = Phone.parse('13900001234');
    const id = await create(phone);
    await confirm(id, '𠮷田美', '420111199505050059');
    expect(await persons.profile(id)).toMatchObject({
      maskedPhone: '139****1234',
      maskedName: '𠮷**',
      maskedIdNumber: '4201************59',
      level: 1,
    });
  });

  it('R-2.4 keeps which agreement was accepted and when; accepting again adds a row', async () => {
    const id = await create();
    await db.transaction(async (tx) => service.app.get(Agreements).accept(tx, id));
    const rows = await db.query<{ version: string; text_hash: Buffer; accepted_at: Date }>(
      'select version, text_hash, accepted_at from agreements_accepted where account_id = $1',
      [id],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ version: service.app.get(Agreements).version, accepted_at: expect.any(Date) });
    expect(rows[0]?.text_hash).toHaveLength(32);
  });

  it('R-8.2 standing names the scopes permitted to the site that is asked about, until they are taken back', async () => {
    const id = await create();
    const permissions = service.app.get(Permissions);
    await db.transaction(async (tx) => permissions.grant(tx, id, 'wuhan', ['phone', 'real_name']));
    await db.transaction(async (tx) => permissions.grant(tx, id, 'wuhan', ['phone']));
    expect((await accounts.standing(id, 'wuhan'))?.permittedScopes.toSorted()).toEqual(['phone', 'real_name']);
    expect((await accounts.standing(id, 'another'))?.permittedScopes).toEqual([]);
    expect(await permissions.of(id)).toMatchObject([{ clientId: 'wuhan', scopes: ['phone', 'real_name'] }]);
    await db.transaction(async (tx) => permissions.revoke(tx, id, 'wuhan'));
    expect((await accounts.standing(id, 'wuhan'))?.permittedScopes).toEqual([]);
    const kinds = (await service.app.get(Activity).lines(id, { limit: 10 })).map(({ kind }) => kind);
    expect(kinds).toEqual(['permission-taken-back', 'permission-given', 'permission-given', 'registered']);
  });

  it('disabling ends what is older, and is written down once', async () => {
    const id = await create();
    const before = await accounts.standing(id);
    service.clock.advance(1);
    for (const _ of [1, 2]) await db.transaction(async (tx) => accounts.disable(tx, id));
    const after = await accounts.standing(id);
    expect(after?.state).toBe('disabled');
    expect(after?.validFrom.getTime()).toBeGreaterThan(before?.validFrom.getTime() as number);
    const lines = await service.app.get(Activity).lines(id, { limit: 10 });
    expect(lines.filter(({ kind }) => kind === 'disabled')).toHaveLength(1);
  });

  it('knows nothing of an account that is not there', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await accounts.standing(nobody)).toBeUndefined();
    expect(await persons.profile(nobody)).toBeUndefined();
  });
});
