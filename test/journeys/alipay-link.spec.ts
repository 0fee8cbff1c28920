import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Database } from '../../src/storage/transactions.js';
import { alipayUser } from '../support/alipay-users.js';
import type { AlipayUser } from '../support/alipay-users.js';
import { AlipayWalk, somebody } from '../support/alipay-walk.js';
import type { Citizen } from '../support/citizen.js';
import { PROVINCES } from '../support/service.js';

const people = Array.from({ length: 9 }, () => somebody());
const users = people.map((who) => alipayUser(who));
/** Another Alipay of each. */
const seconds = people.map((who) => alipayUser(who));

describe.each(PROVINCES)('Alipay’s ID number has an account already (%s)', (province) => {
  let walk: AlipayWalk;
  let next = 0;

  beforeAll(async () => {
    walk = await AlipayWalk.start(province, [...users, ...seconds]);
  });
  afterAll(async () => walk.close());

  /** Somebody with a verified account by number and password, and the same person's Alipay. */
  const known = async (): Promise<{ citizen: Citizen; user: AlipayUser; second: AlipayUser; sub: string }> => {
    const at = next++;
    const citizen = await walk.citizen(people[at]);
    return { citizen, user: users[at] as AlipayUser, second: seconds[at] as AlipayUser, sub: walk.last.sub };
  };

  it('R-2.6 it is linked once its password has been given, never silently, and the account is told', async () => {
    const { citizen, user, sub } = await known();
    const page = await walk.comesBy(user);
    expect([page.status, page.title]).toEqual([200, '您已经有帐号了']);
    for (const secret of [user.name, user.idNumber, citizen.phone]) expect(page.html).not.toContain(secret);
    const empty = await page.press('alipay-link-submit');
    expect([empty.status, empty.codeAt('password')]).toEqual([422, 'alipay.password-or-code']);
    const wrong = await empty.press('alipay-link-submit', { password: 'not-mine-1' });
    expect(wrong.codeAt('password')).toBe('proof.password-wrong');
    expect((await walk.comesBy(user)).title).toBe('您已经有帐号了');
    const done = await wrong.press('alipay-link-submit', { password: citizen.password });
    expect(done.title).toBe('logged in');
    expect(walk.last).toEqual({ sub, amr: ['pwd', 'fed'], level: '2' });
    await citizen.waits(1);
    expect((await citizen.messages()).map(({ text }) => text).join()).toContain('绑定了支付宝');
    expect((await walk.comesBy(user)).title).toBe('logged in');
    expect(walk.last).toEqual({ sub, amr: ['fed'], level: '2' });
  });

  it('R-2.6 a code to the account’s number is enough, since Alipay has proved the person', async () => {
    const { citizen, user, sub } = await known();
    const page = await walk.comesBy(user);
    await citizen.waits(61);
    const sent = await page.press('sms-send');
    expect(sent.text).toContain(citizen.phone.slice(-4));
    expect((await citizen.messages())[0]?.text).toContain('把支付宝绑定到');
    const wrong = await sent.press('alipay-link-submit', { smsCode: '000000' });
    expect(wrong.codeAt('smsCode')).toBe('sms-code.wrong');
    expect((await wrong.press('alipay-link-submit', { smsCode: await citizen.codeFor() })).title).toBe('logged in');
    expect(walk.last).toEqual({ sub, amr: ['sms', 'fed'], level: '2' });
  });

  it('the code of one journey links in no other', async () => {
    const { citizen, user } = await known();
    const [one, other] = [await walk.comesBy(user), await walk.comesBy(user)];
    await citizen.waits(61);
    await one.press('sms-send');
    const refused = await other.press('alipay-link-submit', { smsCode: await citizen.codeFor() });
    expect(refused.codeAt('smsCode')).toBe('sms-code.none');
  });

  it('R-2.6 one account has one Alipay: another one of the same person is told what to do', async () => {
    const { citizen, user, second } = await known();
    const { password } = citizen;
    await (await walk.comesBy(user)).press('alipay-link-submit', { password });
    const refused = await (await walk.comesBy(second)).press('alipay-link-submit', { password });
    expect([refused.status, refused.codes]).toEqual([422, ['alipay.account-has-another']]);
  });

  it('a disabled account is neither shown nor linked', async () => {
    const { user, sub } = await known();
    await walk.service.app.get(Database).transaction(async (tx) => walk.service.app.get(Accounts).disable(tx, sub));
    const page = await walk.comesBy(user);
    expect([page.status, page.codes]).toEqual([403, ['login.disabled']]);
  });

  it('two posts at once link once', async () => {
    const { citizen, user, sub } = await known();
    const page = await walk.comesBy(user);
    const { password } = citizen;
    await Promise.all([1, 2].map(async () => page.press('alipay-link-submit', { password })));
    const rows = await walk.service.app
      .get(Database)
      .query(`select 1 from identifiers where kind = 'alipay' and account_id = $1`, [sub]);
    expect(rows).toHaveLength(1);
    expect((await walk.comesBy(user)).title).toBe('logged in');
  });
});
