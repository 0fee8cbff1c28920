import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Closing } from '../../src/identity/closing/closing.service.js';
import { Candidates } from '../../src/oidc/operators/candidates.service.js';
import { Operators } from '../../src/oidc/operators/operators.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { PersonName } from '../../src/shared/person-name.js';
import { Database } from '../../src/storage/transactions.js';
import { uuidOf } from '../../src/storage/uuid.js';
import { alipayFile, alipayUser, byAlipay } from '../support/alipay-users.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';
import { granted, levelTwo, staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(60);
const PAGES = ['', '/keys', '/sites/city'];
const BY = { actor: uuidOf('operator|test') };

describe.each(PROVINCES)('the console (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let county: TestSite;
  let next = province === 'hubei' ? 0 : 30;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];
  const ofAlipay = province === 'hubei' ? residents[29] : residents[59];
  const alipay = alipayUser({ ...ofAlipay });

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    county = await TestSite.start('county', '嘉鱼县');
    service = await startService(province, {
      SITES_FILE: sitesFile([
        city.metadata({ 'client_name#en': 'Wuhan', required_acr: 'urn:tongxing:level:1' }),
        county.metadata({ subject_type: 'pairwise' }),
      ]),
      STUB_ALIPAY_FILE: alipayFile([alipay]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
  });

  afterAll(async () => {
    await service.close();
    await city.close();
    await county.close();
  });

  const at = (path: string) => `${service.origin}/console${path}`;
  const seen = (page: Page) => [page.status, page.codes];
  const db = () => service.app.get(Database);
  const bySms = async (phone: string): Promise<Citizen> => {
    const citizen = Object.assign(new Citizen(service), { phone });
    await citizen.waits(61);
    const login = await citizen.browser.open(await county.loginUrl(service.origin));
    const page = await citizen.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await citizen.captcha(page)) });
    await sent.press('login-submit', { smsCode: await citizen.codeFor(phone) });
    return citizen;
  };

  it('an operator sees every site with its state, and finds one by name or id; a link leads there from the user centre', async () => {
    const { citizen } = await staff(service, city, somebody());
    const page = await (await citizen.browser.open(`${service.origin}/account`)).follow('to-console');
    expect([page.path, page.title]).toEqual(['/console', '站点']);
    expect(page.all('#sites tbody a').map((link) => link.text)).toEqual(expect.arrayContaining(['武汉市', '嘉鱼县']));
    expect(page.text).not.toContain('tongxing-');
    const found = async (q: string) => {
      const list = await citizen.browser.open(at(`?q=${encodeURIComponent(q)}`));
      return list.all('#sites tbody tr td:nth-child(2)').map((cell) => cell.text);
    };
    expect([await found(' 嘉鱼'), await found('CITY'), await found('wuhan')]).toEqual([
      ['county'],
      ['city'],
      ['city', 'demo-wuhan'],
    ]);
    const none = await citizen.browser.open(at('?q=%3Cb%3E&q2=1'));
    expect([none.has('#sites'), none.has('main b'), none.value('q')]).toEqual([false, false, '<b>']);
  });

  it('a site’s page says in words what it is registered with, and of its secret only that there is one', async () => {
    const { citizen } = await staff(service, city, somebody());
    const { accountId } = await staff(service, city, somebody(), { of: 'city' });
    const shown = await citizen.browser.open(at('/sites/city'));
    for (const told of [
      `${city.origin}/callback`,
      `${city.origin}/backchannel-logout`,
      '1 级：已实名认证',
      'real_name · 姓名和身份证号码',
      '公共：',
      '有，加密保存，不再显示',
      '测试用途',
    ])
      expect(shown.text).toContain(told);
    expect(shown.all('#developers li')).toHaveLength(1);
    expect(shown.html).not.toContain(accountId);
    const other = await citizen.browser.open(at('/sites/county'));
    expect(other.text).toContain(`只有属于 ${new URL(county.origin).host} 的站点看到的相同`);
    const secret = await service.app.get(SiteRecords).rotateSecret('city', 24, BY);
    await service.app.get(SiteRecords).disable('county', BY);
    const rotated = await shown.again();
    expect(rotated.text).toMatch(/轮换过 1 次最近一次轮换：\d{4}-\d\d-\d\d \d\d:\d\d之前的密钥到 .* 为止仍然有效/);
    for (const hidden of [secret, SITE_SECRET]) expect(rotated.html).not.toContain(hidden);
    expect((await citizen.browser.open(at(''))).text).toContain('已停用（由运营人员）');
    expect((await citizen.browser.open(at('/sites/county'))).all('#site-name')[0]?.text).toContain('已停用');
    await service.app.get(SiteRecords).enable('county', BY);
  });

  it('the keys: what is in use and what comes next, as it is published', async () => {
    const { citizen } = await staff(service, city, somebody());
    const page = await citizen.browser.open(at('/keys'));
    const jwks = await (await fetch(`${service.origin}/oidc/jwks`)).json();
    const states = page.all('#keys [data-state]').map((cell) => cell.getAttribute('data-state'));
    expect(states.toSorted()).toEqual(['current', 'current', 'next', 'next']);
    const kids = page.all('#keys .kid').map((cell) => cell.text);
    expect(kids.toSorted()).toEqual((jwks as { keys: { kid: string }[] }).keys.map(({ kid }) => kid).toSorted());
    expect(page.text).toContain('cli keys rotate');
  });

  it('a developer sees their own site alone: another one answers as one that is not there', async () => {
    const { citizen } = await staff(service, city, somebody(), { of: 'county' });
    const list = await citizen.browser.open(at(''));
    expect(list.all('#sites tbody a').map((link) => link.getAttribute('href'))).toEqual(['/console/sites/county']);
    expect(list.has('#q')).toBe(false);
    expect((await citizen.browser.open(at('?q=city'))).all('#sites tbody a')).toEqual([]);
    expect((await citizen.browser.open(at('/sites/county'))).status).toBe(200);
    const [theirs, none] = await Promise.all([
      citizen.browser.open(at('/sites/city')),
      citizen.browser.open(at('/sites/nowhere')),
    ]);
    expect(seen(theirs)).toEqual([404, ['page.not-found']]);
    expect([theirs.status, theirs.title, theirs.text]).toEqual([none.status, none.title, none.text]);
    for (const own of ['tongxing-console', 'tongxing-user-centre'])
      expect((await citizen.browser.open(at(`/sites/${own}`))).text).toBe(none.text);
  });

  it('without a role a plain page says who grants them, and nothing leads there; nobody is sent in circles', async () => {
    const { citizen } = await levelTwo(service, city, somebody());
    for (const path of [...PAGES, '/sites/nowhere']) {
      const page = await citizen.browser.open(at(path));
      expect([page.path, ...seen(page)]).toEqual([`/console${path}`, 403, ['console.no-role']]);
      expect(page.text).toContain('平台运营人员');
    }
    expect((await citizen.browser.open(`${service.origin}/account`)).has('#to-console')).toBe(false);
    const low = new Citizen(service);
    await low.hasAccount(await county.loginUrl(service.origin));
    expect(seen(await low.browser.open(at('')))).toEqual([403, ['console.no-role']]);
  });

  it('signed out, each page goes through a login that asks for level 2, and comes back to itself', async () => {
    const { citizen } = await staff(service, city, somebody());
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    for (const path of [...PAGES, '?q=a%20b.c-d']) {
      other.browser.forgetCookies(service.origin);
      const login = await other.browser.open(at(path));
      expect(login.has('#login-submit')).toBe(true);
      expect(login.text).toContain('站点控制台');
      expect((await other.logsIn(login)).path).toBe(`/console${path}`);
    }
  });

  it('a role ends at once: taken away, with the account closed, with the account disabled', async () => {
    const { citizen, accountId } = await staff(service, city, somebody());
    await db().transaction(async (tx) => service.app.get(Operators).revoke(tx, { accountId }));
    expect(seen(await citizen.browser.open(at('')))).toEqual([403, ['console.no-role']]);
    for (const end of [
      async (id: string) => db().transaction(async (tx) => service.app.get(Closing).close(tx, id)),
      async (id: string) => db().transaction(async (tx) => service.app.get(Accounts).disable(tx, id)),
    ]) {
      const person = await staff(service, city, somebody());
      await granted(service, person.accountId, 'city');
      await end(person.accountId);
      expect(await service.app.get(Operators).rolesOf(person.accountId)).toEqual([]);
      expect((await person.citizen.browser.open(at(''))).has('#login-submit')).toBe(true);
    }
  });

  it('a login by SMS is not enough: the login asks for more and comes back; declined, nobody is sent in circles', async () => {
    const { citizen } = await staff(service, city, ofAlipay as (typeof residents)[number]);
    const sms = await bySms(citizen.phone);
    const due = await sms.browser.open(at('/sites/city'));
    expect(due.path).toMatch(/^\/interaction\/[\w-]+\/verification$/);
    expect(due.has('#login-alipay')).toBe(true);
    expect((await due.press('verification-skip')).path).toBe('/');
    const again = await sms.browser.open(at('/sites/city'));
    const page = await byAlipay(again, alipay);
    expect([page.status, page.path]).toEqual([200, '/console/sites/city']);
    expect((await sms.browser.open(at(''))).status).toBe(200);
  });

  it('after a login by SMS the password opens it as well', async () => {
    const { citizen } = await staff(service, city, somebody());
    const sms = await bySms(citizen.phone);
    const due = await sms.browser.open(at('/sites/city'));
    const page = await due.press('raise-submit', { password: citizen.password });
    expect([page.status, page.path]).toEqual([200, '/console/sites/city']);
  });

  it('an account whose level has dropped has no access until it is raised again', async () => {
    const { citizen, accountId } = await staff(service, city, somebody());
    await db().query('update accounts set level = 1 where id = $1', [accountId]);
    expect((await citizen.browser.open(at(''))).path).toMatch(/^\/interaction\/[\w-]+\/verification$/);
    await db().transaction(async (tx) => service.app.get(Accounts).raise(tx, accountId));
    expect((await citizen.browser.open(at(''))).status).toBe(200);
  });

  it('what comes back from the login leads to pages of the console alone', async () => {
    const { citizen } = await staff(service, city, somebody());
    const location = async (query: string) =>
      (await citizen.browser.request('GET', at(`/return?${query}`))).headers.get('location');
    for (const state of ['//evil.example', 'https://evil.example', '/consolex', '/account', '/console\\@evil'])
      expect(await location(new URLSearchParams({ code: 'x', state }).toString())).toBe('/console');
    expect(await location('code=x&state=%2Fconsole%2Fkeys')).toBe('/console/keys');
    expect(await location('state=a&state=b')).toBe('/console');
    expect(await location('error=access_denied&state=%2Fconsole')).toBe('/');
  });

  it('R-8.2 the console is no site of its people: not among those that need no permission, nor in the receipt', async () => {
    const { citizen } = await staff(service, city, somebody());
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    await other.logsIn(await other.browser.open(at('')));
    expect((await other.browser.open(`${service.origin}/account/sites`)).has('#exempt')).toBe(false);
    const confirm = await other.browser.open(`${service.origin}/account/logout`);
    const receipt = await confirm.press('logout-confirm');
    expect(receipt.title).toBe('您已退出');
    expect(receipt.text).not.toMatch(/tongxing-console|站点控制台/);
  });

  it('nothing on a page is personal but the own masked name and those of the others', async () => {
    const who = somebody();
    const dev = somebody();
    const { citizen, accountId } = await staff(service, city, who);
    const developer = await staff(service, city, dev, { of: 'city' });
    for (const path of PAGES) {
      const page = await citizen.browser.open(at(path));
      for (const secret of [who.name, who.idNumber, citizen.phone, accountId, dev.name, developer.accountId])
        expect(page.html).not.toContain(secret);
    }
    expect((await citizen.browser.open(at('/sites/city'))).text).toContain(PersonName.parse(dev.name).masked());
  });

  it('R-10.2 in English not a word of Chinese, names apart', async () => {
    const { citizen } = await staff(service, city, somebody(), { language: 'en' });
    for (const path of PAGES) {
      const page = await citizen.browser.open(at(path));
      const names = /嘉鱼县|测试用途|甄?\*+|\p{Script=Han}\*+/gu;
      expect([page.status, page.text.replaceAll(names, '')]).toEqual([
        200,
        expect.not.stringMatching(/[\u4e00-\u9fff]/),
      ]);
    }
  });
});

describe('the console where no page leads to level 2', () => {
  let service: RunningService;
  let city: TestSite;

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    service = await startService('hubei', {
      SITES_FILE: sitesFile([city.metadata()]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      ALIPAY_FIELDS: 'none',
      LIMITS: 'off',
    });
  });

  afterAll(async () => {
    await service.close();
    await city.close();
  });

  it('asks for the highest level that a person can have, and never takes a login by SMS', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin), residents[0]);
    const id = city.lastLogin.claims.sub;
    expect(await service.app.get(Candidates).judge(id)).toEqual({ accountId: id });
    await granted(service, id);
    expect((await citizen.browser.open(`${service.origin}/console`)).status).toBe(200);
    const low = new Citizen(service);
    await low.hasAccount(await city.loginUrl(service.origin));
    expect(await service.app.get(Candidates).judge(city.lastLogin.claims.sub)).toEqual({ why: 'level' });

    await citizen.waits(61);
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    const login = await other.browser.open(`${service.origin}/console`);
    const page = await other.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: other.phone, ...(await other.captcha(page)) });
    const refused = await sent.press('login-submit', { smsCode: await other.codeFor() });
    expect([refused.path, refused.status, refused.codes]).toEqual(['/console', 403, ['console.sms-alone']]);
  });
});
