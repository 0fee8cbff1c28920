import { jest } from '@jest/globals';
import { IdentityVerifier } from '../../src/gateways/identity-verifier/identity-verifier.gateway.js';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const VALID = { name: '李四', idNumber: '420106198506121028' };
const A_DAY = 24 * 3600;
const idNumberOf = (name: string): string => stubResidents().find((one) => one.name === name)?.idNumber ?? '';

describe.each(PROVINCES)('what bad input gets at verification (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  /** One person for all that is refused at its field: no try is spent by it. */
  let somebody: ReturnType<typeof beforeVerification>;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
    somebody = beforeVerification();
    await somebody;
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  /** Somebody registered, standing before the verification page. */
  const beforeVerification = async (): Promise<{ citizen: Citizen; page: Page }> => {
    const citizen = new Citizen(service);
    const page = await citizen.registers(await citizen.browser.open(await site.loginUrl(service.origin)));
    service.clock.advance(61);
    return { citizen, page };
  };
  /** What has been asked outside since. */
  const asked = () => {
    const compare = jest.spyOn(service.app.get(IdentityVerifier), 'compare');
    return { times: () => compare.mock.calls.length, over: () => compare.mockRestore() };
  };

  it.each([
    ['420106199003071018', 'id-number.checksum'],
    ['130102198511310021', 'id-number.date'],
    ['420106209001010016', 'id-number.date'],
    ['130102880615808', 'id-number.fifteen-digits'],
    ['', 'id-number.missing'],
    ['42010619900307', 'id-number.malformed'],
    ['４２０１０６', 'id-number.malformed'],
    ['420106\u0000199003071019', 'form.control-characters'],
    ['\u202e420106199003071019', 'form.control-characters'],
  ])('R-3.1 ID number %j is refused at the field as %s, before anybody is asked', async (idNumber, code) => {
    const { citizen, page } = await somebody;
    const outside = asked();
    const refused = await citizen.verifies(page, { name: '张三', idNumber });
    expect([refused.status, refused.codeAt('idNumber'), outside.times()]).toEqual([422, code, 0]);
    expect(refused.value('name')).toBe('张三');
    outside.over();
  });

  it.each([
    ['', 'name.missing'],
    ['张', 'name.malformed'],
    ['a', 'name.malformed'],
    ['12345', 'name.malformed'],
    ['张3', 'name.malformed'],
    ['张'.repeat(60), 'name.too-long'],
    ['\u3000', 'name.missing'],
    ['张\u202e三', 'form.control-characters'],
  ])('R-3.1 name %j is refused at the field as %s, before anybody is asked', async (name, code) => {
    const { citizen, page } = await somebody;
    const outside = asked();
    const refused = await citizen.verifies(page, { ...VALID, name });
    expect([refused.status, refused.codeAt('name'), outside.times()]).toEqual([422, code, 0]);
    expect(refused.value('idNumber')).toBe(VALID.idNumber);
    outside.over();
  });

  it.each([
    ['𠮷田美', idNumberOf('𠮷田美')],
    ['　阿依古丽•买买提　', idNumberOf('阿依古丽·买买提')],
    ['刘　洋', '１３０１０２１９８８０６１５８０８ｘ'],
    [' 欧阳娜娜 ', idNumberOf('欧阳娜娜').replace(/(\d{6})(\d{8})/, ' $1 $2 ')],
  ])('R-3.1 takes %j with %j: what is harmless is set right', async (name, idNumber) => {
    const { citizen, page } = await beforeVerification();
    expect((await citizen.verifies(page, { name, idNumber })).title).toBe('logged in');
    expect(site.lastLogin.claims.acr).toBe('urn:tongxing:level:1');
  });

  it.each([
    ['郑重', 'verification.mismatch', '还可以再试 4 次'],
    ['冯远', 'verification.not-found', '12345'],
    ['蒋停', 'verification.unavailable', '请过几分钟再试'],
  ])('R-3.1 the register says no about %s: its own message, the account stays as it is', async (name, code, words) => {
    const { citizen, page } = await beforeVerification();
    const refused = await citizen.verifies(page, { name, idNumber: idNumberOf(name) });
    expect(refused.codes).toContain(code);
    expect(refused.text).toContain(words);
    expect(refused.all('details')[0]?.text).toMatch(/政务服务大厅.*12345/);
    expect((await refused.press('verification-skip')).title).toBe('logged in');
    expect(site.lastLogin.claims.acr).toBe('urn:tongxing:level:0');
  });

  it('R-3.1 a register that answers too late is one that is down: no try is spent', async () => {
    const { citizen, page } = await beforeVerification();
    const late = await citizen.verifies(page, { name: '沈慢', idNumber: idNumberOf('沈慢') });
    expect([late.status, late.codes[0]]).toEqual([503, 'verification.unavailable']);
    const mismatch = await citizen.verifies(late, { name: '李不四', idNumber: VALID.idNumber });
    expect(mismatch.text).toContain('还可以再试 4 次');
    service.clock.advance(A_DAY);
  });

  it('R-3.1 five mismatches a day, then closed till tomorrow', async () => {
    const { citizen, page } = await beforeVerification();
    const codes: string[] = [];
    for (const surname of '王李张刘陈杨') {
      const refused = await citizen.verifies(page, { name: `${surname}不是`, idNumber: idNumberOf('王小明') });
      codes.push(refused.codes[0] as string);
    }
    expect(codes).toEqual([
      ...Array.from({ length: 4 }, () => 'verification.mismatch'),
      ...Array.from({ length: 2 }, () => 'verification.closed-till-tomorrow'),
    ]);
    service.clock.advance(A_DAY);
    const tomorrow = await beforeVerification();
    const done = await tomorrow.citizen.verifies(tomorrow.page, { name: '王小明', idNumber: idNumberOf('王小明') });
    expect(done.title).toBe('logged in');
  });

  it('R-3.4 an ID number belongs to one account: told only after the register said match', async () => {
    const first = await beforeVerification();
    await first.citizen.verifies(first.page, VALID);
    const second = await beforeVerification();
    const wrongName = await second.citizen.verifies(second.page, { ...VALID, name: '李五' });
    expect(wrongName.codes).toContain('verification.mismatch');
    const taken = await second.citizen.verifies(second.page, VALID);
    expect(taken.codes).toContain('verification.id-taken');
    expect(taken.text).not.toContain(first.citizen.phone);
    expect(taken.text).toContain('12345');
  });

  it('R-3.4 the same ID number on accounts at once: exactly one wins', async () => {
    const people = [];
    for (let at = 0; at < 4; at += 1) people.push(await beforeVerification());
    const who = { name: '赵燕', idNumber: '130203199001010076' };
    const answers = await Promise.all(people.map(async ({ citizen, page }) => citizen.verifies(page, who)));
    expect(answers.filter(({ title }) => title === 'logged in')).toHaveLength(1);
    expect(answers.filter(({ codes }) => codes.includes('verification.id-taken'))).toHaveLength(3);
  });

  it('a form posted twice verifies once, and the page reached again by Back says where it stands', async () => {
    const { citizen, page } = await beforeVerification();
    const { action, fields } = page.form('verification-submit');
    const values = { ...fields, name: '杨柳', idNumber: idNumberOf('杨柳') };
    const outside = asked();
    const answers = await Promise.all([
      citizen.browser.copy().post(action, values),
      citizen.browser.copy().post(action, values),
    ]);
    const ends = answers.map(({ title, codes }) => codes[0] ?? title);
    expect(ends).toContain('logged in');
    for (const end of ends) expect(['logged in', 'interaction.expired', 'access_denied', 'error']).toContain(end);
    expect(outside.times()).toBeLessThanOrEqual(2);
    outside.over();
    expect((await citizen.browser.open(page.url.href)).codes).toEqual(['interaction.expired']);
  });
});
