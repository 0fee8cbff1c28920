import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { chinaDay } from '../../src/shared/china-time.js';
import { Database } from '../../src/storage/transactions.js';
import { Limits } from '../../src/identity/limits/limits.service.js';
import { Persons } from '../../src/identity/accounts/persons.service.js';
import { ShortLived, storeKey } from '../../src/storage/short-lived.js';
import { AliyunStandIn } from '../support/aliyun.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { fictionalId } from '../support/fictional-id.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const DAY = 86_400;

/** Real-name verification with Alibaba's side at home: what arrives there is counted. */
describe.each(PROVINCES)('real-name verification (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let verifier: AliyunStandIn;

  beforeAll(async () => {
    [site, verifier] = await Promise.all([TestSite.start('site'), AliyunStandIn.start()]);
    const sites = sitesFile([site.metadata({ scope: 'openid profile real_name' })]);
    service = await startService(province, { SITES_FILE: sites, ...verifier.verifierEnv });
  });
  afterAll(async () => {
    await service.close();
    await site.close();
    await verifier.close();
  });
  beforeEach(() => {
    verifier.mood = 'answers';
    verifier.verifierCode = '200';
  });

  let asked = 0;
  /** Questions taken by the authority since this was last called. */
  const newQuestions = (): number => {
    const fresh = verifier.taken.length - asked;
    asked = verifier.taken.length;
    return fresh;
  };
  let names = 0;
  /** A name that no test has used: mismatches are counted by name, too. */
  const freshName = (): string => `${'赵钱孙李周吴郑王冯陈'[(names += 1) % 10]}${'为卫伟玮'[Math.floor(names / 10)]}`;
  const somebody = (name = '欧阳娜娜', born = '1990-01-01') => {
    const idNumber = fictionalId(born).reveal();
    verifier.knows(name, idNumber);
    return { name, idNumber };
  };
  const LEVEL = () => `${service.origin}/account/level`;
  const registered = async (): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    newQuestions();
    return citizen;
  };
  const codeAfter = async (citizen: Citizen, page: Page, who: { name: string; idNumber: string }): Promise<string> =>
    (await citizen.verifies(page, who)).codes.join();

  it('R-3.3 right after registering', async () => {
    const citizen = new Citizen(service);
    const page = await citizen.registers(await citizen.browser.open(await site.loginUrl(service.origin)));
    expect((await citizen.verifies(page, somebody())).title).toBe('logged in');
    expect(site.lastLogin.claims.acr).toBe('urn:tongxing:level:1');
  });

  it('R-1.5 R-3.3 on a site’s demand, with the same request', async () => {
    const citizen = await registered();
    const demand = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:1' } } });
    const page = await citizen.browser.open(await site.loginUrl(service.origin, { claims: demand }));
    expect(page.text).toContain('要求先实名认证');
    expect((await citizen.verifies(page, somebody())).title).toBe('logged in');
    expect(site.lastLogin.claims.acr).toBe('urn:tongxing:level:1');
    expect(newQuestions()).toBe(1);
  });

  it('R-3.1 R-3.2 R-3.3 in the settings: a code to the bound number, then name and number; then fixed and masked', async () => {
    const citizen = await registered();
    const centre = await citizen.browser.open(`${service.origin}/account`);
    expect(centre.title).toBe(province === 'hubei' ? '用户空间' : '账户设置');
    const level = await centre.follow('to-level');
    expect([level.path, level.title]).toEqual(['/account/level', '认证等级']);
    expect(level.text).toContain('未实名认证：可以登录、浏览、写信，还不能网上办事');
    expect(level.has('#verification-submit')).toBe(false);
    await citizen.waits(61);
    const sent = await level.press('sms-send');
    expect((await citizen.messages())[0]?.text).toContain('进行实名认证');
    const page = await sent.press('level-next', { smsCode: await citizen.codeFor() });
    expect(page.path).toBe('/account/level/id-card');

    const who = somebody('欧阳娜娜', '1992-02-29');
    const done = await citizen.verifies(page, who);
    expect([done.path, done.status]).toEqual(['/account/level', 200]);
    expect(done.has('#fixed')).toBe(true);
    expect(done.text).toContain('不能再修改');
    const masked = `${who.idNumber.slice(0, 4)}************${who.idNumber.slice(-2)}`;
    const phone = `${citizen.phone.slice(0, 3)}****${citizen.phone.slice(-4)}`;
    const today = chinaDay(service.clock.now());
    for (const fact of ['欧***', masked, phone, '19**-**-**', '居民身份证', today, '已实名认证：可以网上办事']) {
      expect(done.text).toContain(fact);
    }
    for (const plain of [who.name, who.idNumber, citizen.phone, '1992-02']) expect(done.html).not.toContain(plain);

    const [question] = verifier.taken.slice(-1);
    const [account] = await service.app
      .get(Database)
      .query<{ account_id: string }>(
        'select account_id from natural_persons where verified_at is not null order by verified_at desc limit 1',
      );
    expect(await service.app.get(Persons).find(account?.account_id as string)).toMatchObject({
      level: 1,
      verifiedMethod: 'id-card',
      verifiedReference: `R-${question?.nonce}`,
    });
    expect(newQuestions()).toBe(1);
  });

  it('R-3.1 what is verified is offered no form, and takes none: reload, Back and a kept form change nothing', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const kept = page.form('verification-submit');
    await citizen.verifies(page, somebody());
    newQuestions();
    for (const path of ['', '/id-card']) {
      const again = await citizen.browser.open(LEVEL() + path);
      expect([again.path, again.has('#verification-submit'), again.has('#sms-send')]).toEqual([
        '/account/level',
        false,
        false,
      ]);
    }
    const late = await citizen.browser.post(kept.action, { ...kept.fields, ...somebody('李四') });
    expect([late.path, late.text.includes('欧***')]).toEqual(['/account/level', true]);
    expect(newQuestions()).toBe(0);
  });

  it('R-3.2 the second step needs the first: of this session, for the number as it is, once', async () => {
    const citizen = await registered();
    const skipped = await citizen.browser.open(`${LEVEL()}/id-card`);
    expect(skipped.path).toBe('/account/level');
    const csrf = skipped.value('_csrf') ?? '';
    const posted = await citizen.browser.post(`${LEVEL()}/id-card`, { _csrf: csrf, ...somebody() });
    expect(posted.path).toBe('/account/level');

    await citizen.goesToIdCard();
    const elsewhere = Object.assign(new Citizen(service), { phone: citizen.phone });
    const other = await elsewhere.logsIn(await elsewhere.browser.open(`${LEVEL()}/id-card`), citizen.phone);
    expect(other.path).toBe('/account/level');
    expect(other.has('#level-next')).toBe(true);
    expect(newQuestions()).toBe(0);
  });

  it('R-3.2 refuses the code of another deed, a wrong one, none, and a second message too soon', async () => {
    const citizen = await registered();
    const registration = await citizen.codeFor();
    const page = await citizen.browser.open(LEVEL());
    expect((await page.press('level-next', { smsCode: registration })).codeAt('smsCode')).toBe('sms-code.none');
    const soon = await page.press('sms-send');
    expect([soon.status, soon.codes]).toEqual([429, ['sms.too-soon']]);
    await citizen.waits(61);
    const sent = await soon.press('sms-send');
    expect((await sent.press('level-next')).codeAt('smsCode')).toBe('sms-code.missing');
    const wrong = String((Number(await citizen.codeFor()) + 1) % 1_000_000).padStart(6, '0');
    expect((await sent.press('level-next', { smsCode: wrong })).codeAt('smsCode')).toBe('sms-code.wrong');
    await citizen.waits(301);
    const late = await sent.press('level-next', { smsCode: await citizen.codeFor() });
    expect([late.status, late.codeAt('smsCode')]).toEqual([422, 'sms-code.expired']);
  });

  it('R-3.2 an account without a number, as Alipay makes them, needs no code; Enter does what is due', async () => {
    const citizen = await registered();
    await citizen.waits(61);
    const sent = await (await citizen.browser.open(LEVEL())).press('default-submit');
    expect(sent.text).toContain('已发送');
    expect((await sent.press('default-submit', { smsCode: await citizen.codeFor() })).path).toBe(
      '/account/level/id-card',
    );

    const without = await registered();
    await service.app
      .get(Database)
      .query('update natural_persons set phone = null where account_id = $1', [site.lastLogin.claims.sub]);
    const page = await without.browser.open(LEVEL());
    expect(page.path).toBe('/account/level/id-card');
    expect((await without.verifies(page, somebody())).has('#fixed')).toBe(true);
  });

  it.each([
    ['name', { name: '', idNumber: '420106199003071019' }, 'name.missing'],
    ['idNumber', { name: '张三', idNumber: '420106199003071018' }, 'id-number.checksum'],
  ])('a form that is wrong at %s is the same page again, and nobody is asked', async (field, values, code) => {
    const citizen = await registered();
    const refused = await citizen.verifies(await citizen.goesToIdCard(), values);
    expect([refused.status, refused.codeAt(field)]).toEqual([422, code]);
    expect(refused.value('name')).toBe(values.name);
    expect(newQuestions()).toBe(0);
  });

  it('PIPL 31 a child under 14 is told what to do, before anybody is asked; on the 14th birthday it goes on', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const today = chinaDay(service.clock.now());
    const born = `${Number(today.slice(0, 4)) - 14}${today.slice(4)}`;
    const tomorrow = chinaDay(new Date(Date.parse(`${born}T12:00:00+08:00`) + DAY * 1000));
    const child = await citizen.verifies(page, somebody('吴童', tomorrow));
    expect([child.status, child.codeAt('idNumber')]).toEqual([422, 'verification.under-fourteen']);
    expect(child.text).toContain('监护人');
    expect(newQuestions()).toBe(0);
    expect((await citizen.verifies(page, somebody('吴童', born))).has('#fixed')).toBe(true);
    expect(newQuestions()).toBe(1);
  });

  it('R-8.2 14 to 17: sites that ask for the real name are told `minor`, until the 18th birthday', async () => {
    const citizen = await registered();
    const today = chinaDay(service.clock.now());
    const born = `${Number(today.slice(0, 4)) - 18}${today.slice(4)}`;
    const tomorrow = chinaDay(new Date(Date.parse(`${born}T12:00:00+08:00`) + DAY * 1000));
    const who = somebody('孙晓', tomorrow);
    const done = await citizen.verifies(await citizen.goesToIdCard(), who);
    expect(done.text).toContain('未满 18 周岁');
    const asking = { scope: 'openid real_name' };
    const permission = await citizen.browser.open(await site.loginUrl(service.origin, asking));
    expect(permission.text).toContain('未满 18 周岁');
    await permission.press('permission-submit');
    expect(await site.userinfo(site.lastLogin)).toMatchObject({ real_name: '孙晓', minor: true });
    const profile = await citizen.browser.open(await site.loginUrl(service.origin, { scope: 'openid profile' }));
    expect(profile.title).toBe('logged in');
    expect(await site.userinfo(site.lastLogin)).not.toHaveProperty('minor');

    service.clock.advance(DAY);
    const next = await citizen.logsIn(await citizen.browser.open(await site.loginUrl(service.origin, asking)));
    expect(next.title).toBe('logged in');
    expect(await site.userinfo(site.lastLogin)).toMatchObject({ id_number: who.idNumber, minor: false });
  });

  it('R-3.1 mismatch and no record: refused with the tries left; the same again is answered from memory', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const { name, idNumber } = somebody(freshName());
    const wrong = { name: freshName(), idNumber };
    const refused = await citizen.verifies(page, wrong);
    expect([refused.status, refused.codes, refused.value('name')]).toEqual([
      422,
      ['verification.mismatch'],
      wrong.name,
    ]);
    expect(refused.text).toContain('还可以再试 4 次');
    const unknown = { name, idNumber: fictionalId().reveal() };
    expect(await codeAfter(citizen, page, unknown)).toBe('verification.not-found');
    expect(newQuestions()).toBe(2);
    const again = await citizen.verifies(page, wrong);
    expect([again.codes, again.text.includes('还可以再试 3 次')]).toEqual([['verification.mismatch'], true]);
    expect(await codeAfter(citizen, page, unknown)).toBe('verification.not-found');
    expect(newQuestions()).toBe(0);
    await citizen.waits(601);
    expect(await codeAfter(citizen, page, wrong)).toBe('verification.mismatch');
    expect(newQuestions()).toBe(1);
  });

  it('R-3.4 an ID number of another account: told only after the authority has said that it is theirs', async () => {
    const who = somebody();
    const owner = await registered();
    await owner.verifies(await owner.goesToIdCard(), who);
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    expect(await codeAfter(citizen, page, { ...who, name: freshName() })).toBe('verification.mismatch');
    const taken = await citizen.verifies(page, who);
    expect([taken.status, taken.codes]).toEqual([422, ['verification.id-taken']]);
    expect(taken.text).toContain('12345');
  });

  it('one name with many numbers over many accounts: five questions a day, then nobody is asked', async () => {
    const codes: string[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const citizen = await registered();
      const page = await citizen.browser.open(
        await site.loginUrl(service.origin, { acr_values: 'urn:tongxing:level:1' }),
      );
      codes.push(await codeAfter(citizen, page, { name: '周杰', idNumber: fictionalId().reveal() }));
      expect(newQuestions()).toBe(tries < 5 ? 1 : 0);
    }
    expect(codes).toEqual([
      ...Array.from({ length: 4 }, () => 'verification.not-found'),
      ...Array.from({ length: 3 }, () => 'verification.closed-till-tomorrow'),
    ]);
  });

  it('two of one account at once: one question, one result, nothing lost', async () => {
    const citizen = await registered();
    const { action, fields } = (await citizen.goesToIdCard()).form('verification-submit');
    const values = { ...fields, ...somebody() };
    const answers = await Promise.all([1, 2].map(async () => citizen.browser.copy().post(action, values)));
    expect(answers.map(({ path, status }) => [path, status])).toEqual([
      ['/account/level', 200],
      ['/account/level', 200],
    ]);
    expect(newQuestions()).toBe(1);
    expect((await citizen.browser.open(LEVEL())).has('#fixed')).toBe(true);
  });

  it('two of one account at once that do not match: one question, and one try is used', async () => {
    const citizen = await registered();
    const { action, fields } = (await citizen.goesToIdCard()).form('verification-submit');
    const values = { ...fields, name: freshName(), idNumber: somebody(freshName()).idNumber };
    const answers = await Promise.all([1, 2].map(async () => citizen.browser.copy().post(action, values)));
    for (const answer of answers) {
      expect(answer.codes).toEqual(['verification.mismatch']);
      expect(answer.text).toContain('还可以再试 4 次');
    }
    expect(newQuestions()).toBe(1);
  });

  it('one whose turn does not come is told to wait, and nobody is asked', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const turn = storeKey('turn', `verification:${site.lastLogin.claims.sub}`);
    await service.app.get(ShortLived).set(turn, '1', 60);
    const waiting = await citizen.verifies(page, somebody());
    expect([waiting.status, waiting.codes, waiting.headers.get('retry-after')]).toEqual([
      429,
      ['verification.in-progress'],
      '2',
    ]);
    expect(newQuestions()).toBe(0);
    await service.app.get(ShortLived).delete(turn);
  });

  it('an answer after the time limit is none: told so, asked once, and what came too late changes nothing', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const who = somebody();
    verifier.mood = 'answers late';
    const late = await citizen.verifies(page, who);
    expect([late.status, late.codes, late.value('name')]).toEqual([503, ['verification.unavailable'], who.name]);
    expect(newQuestions()).toBe(1);
    verifier.answerLate();
    expect((await citizen.browser.open(LEVEL())).path).toBe('/account/level/id-card');
    verifier.mood = 'answers';
    expect((await citizen.verifies(late, who)).has('#fixed')).toBe(true);
    expect(newQuestions()).toBe(1);
  });

  it('R-10.2 in English not a word of Chinese', async () => {
    const citizen = new Citizen(service, 'en');
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const level = await citizen.browser.open(LEVEL());
    const idCard = await citizen.goesToIdCard();
    const verified = await citizen.verifies(idCard, somebody('孙晓', '2010-03-05'));
    expect(verified.has('#fixed')).toBe(true);
    for (const page of [level, idCard, verified]) expect(page.text.replace('孙*', '')).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('the hour’s budget for the whole service: told when it opens again, and no try is used', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const who = somebody(freshName());
    const hour = Math.floor(service.clock.ms() / 3_600_000);
    const budget = storeKey('limit', `verification.service::h${hour}`);
    await service.app.get(ShortLived).increment(budget, 3600, 50_000);
    const full = await citizen.verifies(page, who);
    expect([full.status, full.codes]).toEqual([429, ['verification.service-cap']]);
    expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(0);
    await service.app.get(ShortLived).delete(budget);
    expect(newQuestions()).toBe(0);
    const refused = await citizen.verifies(page, { ...who, name: freshName() });
    expect(refused.text).toContain('还可以再试 4 次');
  });

  it.each(['throttles', 'breaks', 'talks nonsense'] as const)(
    'an authority that %s: told so, no try is used, the account stays as it is',
    async (mood) => {
      const citizen = await registered();
      const page = await citizen.goesToIdCard();
      const who = somebody(freshName());
      verifier.mood = mood;
      expect(await codeAfter(citizen, page, who)).toBe('verification.unavailable');
      verifier.mood = 'answers';
      const refused = await citizen.verifies(page, { ...who, name: freshName() });
      expect(refused.text).toContain('还可以再试 4 次');
    },
  );

  it('an address that asks too much in a day waits for the next', async () => {
    const citizen = await registered();
    const page = await citizen.goesToIdCard();
    const limits = service.app.get(Limits);
    for (let times = 0; times < 100; times += 1) {
      for (const address of ['127.0.0.1', '::1']) {
        await limits.count('verification.address', 'address', address, Infinity, 'day');
      }
    }
    const waiting = await citizen.verifies(page, somebody());
    expect([waiting.status, waiting.codes]).toEqual([429, ['limit.wait']]);
    expect(newQuestions()).toBe(0);
  });
});

it('the people that ship with the project have one under 14, one under 18, and grown-ups', () => {
  const years = stubResidents().map(({ idNumber }) => Number(idNumber.slice(6, 10)));
  expect([Math.max(...years), years.includes(2010)]).toEqual([2015, true]);
});
