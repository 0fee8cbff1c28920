import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Password } from './password.js';
import { Passwords } from './passwords.service.js';

describe('passwords of accounts (R-4.1)', () => {
  let service: RunningService;
  let db: Database;
  let passwords: Passwords;
  let next = 13_200_000_000;

  beforeAll(async () => {
    service = await startService('hubei');
    db = service.app.get(Database);
    passwords = service.app.get(Passwords);
  });
  afterAll(async () => service.close());

  const account = async (raw?: string): Promise<string> => {
    const phc = raw === undefined ? undefined : await passwords.hash(Password.parse(raw));
    return db.transaction(async (tx) => {
      const phone = Phone.parse(String((next += 1)));
      const id = await service.app.get(Accounts).createPerson(tx, { phone });
      if (phc) await passwords.set(tx, id, phc);
      return id;
    });
  };
  const stored = async (id: string): Promise<Buffer> => {
    const [row] = await db.query<{ hash: Buffer }>('select hash from passwords where account_id = $1', [id]);
    return row?.hash as Buffer;
  };

  it('is found right however its full-width characters were typed, and nothing else is', async () => {
    const id = await account('Changjiang-1954');
    expect(await passwords.check(id, 'Changjiang-1954')).toBe(true);
    expect(await passwords.check(id, 'Ｃｈａｎｇｊｉａｎｇ－１９５４')).toBe(true);
    expect(await passwords.check(id, 'changjiang-1954')).toBe(false);
    expect(await passwords.check(id, '')).toBe(false);
    expect(await passwords.check(id, 'x'.repeat(5000))).toBe(false);
  });

  it('no account, none that is active, none with a password: the answer of a wrong one, after a turn in the queue', async () => {
    const disabled = await account('Changjiang-1954');
    await db.transaction(async (tx) => service.app.get(Accounts).disable(tx, disabled));
    let turns = 0;
    const turn = async () => {
      turns += 1;
    };
    for (const id of [undefined, disabled, await account()])
      expect(await passwords.check(id, 'Changjiang-1954', turn)).toBe(false);
    expect(await passwords.check(undefined, 'nobody has this password', turn)).toBe(false);
    expect(turns).toBe(4);
  });

  it('of many tries at once, those after a refusal are refused when their turn comes', async () => {
    const id = await account('Changjiang-1954');
    let evaluated = 0;
    const first = async () => {
      if (evaluated >= 3) throw new Refusal('login.wait', { retryAfter: 60 });
      evaluated += 1;
    };
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, async () => passwords.check(id, 'wrong-guess-1', first)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await passwords.check(id, 'Changjiang-1954')).toBe(true);
  });

  it('is sealed for its own account: moved to another it opens for nobody', async () => {
    const mine = await account('Changjiang-1954');
    const theirs = await account('Huanghe-5464');
    expect((await stored(mine)).toString('latin1')).not.toContain('argon2');
    await db.query('update passwords set hash = $2 where account_id = $1', [theirs, await stored(mine)]);
    await expect(passwords.check(theirs, 'Changjiang-1954')).rejects.toThrow();
  });

  it('a new one replaces the old one', async () => {
    const id = await account('Changjiang-1954');
    const phc = await passwords.hash(Password.parse('Huanghe-5464'));
    await db.transaction(async (tx) => passwords.set(tx, id, phc));
    expect(await passwords.check(id, 'Changjiang-1954')).toBe(false);
    expect(await passwords.check(id, 'Huanghe-5464')).toBe(true);
  });
});
