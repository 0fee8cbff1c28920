import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { UserName } from '../../shared/user-name.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import { Accounts } from './accounts.service.js';
import { Persons } from './persons.service.js';
import { UserNames } from './user-names.service.js';

const DAY = 24 * 3600;

describe('user names (R-4.2)', () => {
  let service: RunningService;
  let db: Database;
  let next = 13_200_000_000;

  beforeAll(async () => {
    service = await startService('hebei');
    db = service.app.get(Database);
  });
  afterAll(async () => service.close());

  const account = async (): Promise<string> =>
    db.transaction(async (tx) =>
      service.app.get(Accounts).createPerson(tx, { phone: Phone.parse(String((next += 1))) }),
    );
  const set = async (id: string, name: string): Promise<string> =>
    db
      .transaction(async (tx) => service.app.get(UserNames).set(tx, id, UserName.parse(name)))
      .then(
        () => 'set',
        (refusal: Refusal) => refusal.code,
      );
  const holder = async (name: string) => service.app.get(Accounts).find('user-name', UserName.parse(name).skeleton);
  const passes = async (seconds: number): Promise<void> => {
    service.clock.advance(seconds);
    await service.app.get(Jobs).runDue();
  };

  it('of 50 accounts at once one gets the name, in whatever case or look-alike it is asked for', async () => {
    const ids: string[] = [];
    for (let made = 0; made < 50; made += 1) ids.push(await account());
    const spellings = ['zhaoliming', 'ZhaoLiMing', 'zhao1iming', 'zhaolirning'];
    const answers = await Promise.all(ids.map(async (id, at) => set(id, spellings[at % 4] as string)));
    expect(answers.filter((answer) => answer === 'set')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'user-name.taken')).toHaveLength(49);
    const winner = ids[answers.indexOf('set')] as string;
    expect(await holder('ZHAOLIMING')).toBe(winner);
    const loser = ids[answers.indexOf('user-name.taken')] as string;
    expect((await service.app.get(Persons).find(loser))?.userName).toBeUndefined();
  });

  it('is kept as it is spelled, sealed; no table holds it in plain', async () => {
    const id = await account();
    await set(id, 'QianDuoDuo77');
    expect((await service.app.get(Persons).profile(id))?.userName).toBe('QianDuoDuo77');
    const [row] = await db.query<{ row: string }>(
      `select (select encode(user_name, 'escape') from accounts where id = $1)
        || (select string_agg(encode(blind_index, 'escape'), '') from identifiers where account_id = $1) as row`,
      [id],
    );
    expect(row?.row.length).toBeGreaterThan(80);
    expect(row?.row.toLowerCase()).not.toMatch(/qianduoduo|qlanduoduo/);
  });

  it('another spelling of the own name is no change', async () => {
    const id = await account();
    expect(await set(id, 'sunli2000')).toBe('set');
    for (const spelling of ['SunLi2000', 'sunLI2000', 'sunli2000']) expect(await set(id, spelling)).toBe('set');
    expect((await service.app.get(Persons).find(id))?.userName?.reveal()).toBe('sunli2000');
  });

  it('after a change both log in and are nobody else’s for 30 days; then the old one is free', async () => {
    const [id, other] = [await account(), await account()];
    await set(id, 'before2024');
    expect(await set(id, 'after2024')).toBe('set');
    expect([await holder('before2024'), await holder('after2024')]).toEqual([id, id]);
    expect(await set(other, 'before2024')).toBe('user-name.taken');
    expect(await set(id, 'thirdname')).toBe('user-name.changed-lately');
    await passes(30 * DAY - 1);
    expect(await holder('before2024')).toBe(id);
    await passes(2);
    expect([await holder('before2024'), await holder('after2024')]).toEqual([undefined, id]);
    expect(await set(other, 'Before2024')).toBe('set');
    expect(await set(id, 'thirdname')).toBe('set');
  });

  it('of many changes of one account at once there is one', async () => {
    const id = await account();
    await set(id, 'firstname01');
    const answers = await Promise.all(Array.from({ length: 10 }, async (_, at) => set(id, `othername${at}x`)));
    expect(answers.filter((answer) => answer === 'set')).toHaveLength(1);
    const rows = await db.query('select 1 from identifiers where account_id = $1 and kind = $2', [id, 'user-name']);
    expect(rows).toHaveLength(2);
  });
});
