import { Activity } from '../../src/identity/activity/activity.service.js';
import { Operators } from '../../src/oidc/operators/operators.service.js';
import { PersonName } from '../../src/shared/person-name.js';
import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { levelTwo, staff } from '../support/staff.js';
import type { Staff } from '../support/staff.js';

const MINUTE = 60;
const { residents, file: RESIDENTS } = residentsFile(40);

describe.each(PROVINCES)('the people of the console (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let county: TestSite;
  let next = province === 'hubei' ? 0 : 20;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    county = await TestSite.start('county', '嘉鱼县');
    service = await startService(
      province,
      { SITES_FILE: sitesFile([city.metadata(), county.metadata()]), STUB_RESIDENTS_FILE: RESIDENTS },
      { console: { perOperatorDay: 4 } },
    );
  });

  afterAll(async () => {
    await service.close();
    await city.close();
    await county.close();
  });

  const people = (path = '') => `${service.origin}/console/people${path}`;
  const seen = (page: Page) => [page.status, page.codes];
  const rolesOf = async ({ accountId }: Staff) =>
    (await service.app.get(Operators).rolesOf(accountId)).map(({ clientId }) => clientId);
  const kindsOf = async ({ accountId }: Staff) =>
    (await service.app.get(Activity).lines(accountId, { limit: 2 })).map(({ kind, clientId, details }) => [
      kind,
      clientId,
      details,
    ]);
  const member = async (of?: string) => staff(service, city, somebody(), { of });

  it('an operator makes a developer of a site by their number; they are told, and it counts at once', async () => {
    const operator = await member();
    const who = somebody();
    const person = await levelTwo(service, city, who);
    const list = await operator.citizen.browser.open(people());
    const form = await list.follow('developer-new');
    const done = await form.press('developer-grant', { site: 'city', phone: ` +86 ${person.citizen.phone}` });
    expect([done.path, done.has('.notice.success')]).toEqual(['/console/people?news=granted', true]);
    const ofCity = (page: Page) =>
      page.all('#developers tbody tr').filter((row) => row.querySelector('td')?.text === '武汉市');
    expect(ofCity(done).map((row) => row.text)).toEqual([expect.stringContaining(PersonName.parse(who.name).masked())]);
    for (const hidden of [who.name, person.citizen.phone, person.accountId]) expect(done.html).not.toContain(hidden);
    expect(await rolesOf(person)).toEqual(['city']);
    expect((await person.citizen.browser.open(`${service.origin}/console/sites/city`)).status).toBe(200);
    expect(await person.citizen.notice()).toContain('刚刚取得武汉市的站点控制台权限');
    expect((await kindsOf(person))[0]).toEqual(['role-granted', 'city', { role: 'developer' }]);

    const ended = await done.press('developer-end-1');
    expect([ended.path, ofCity(ended)]).toEqual(['/console/people?news=ended', []]);
    expect(await rolesOf(person)).toEqual([]);
    expect(seen(await person.citizen.browser.open(`${service.origin}/console/sites/city`))).toEqual([
      403,
      ['console.no-role'],
    ]);
    expect(await person.citizen.notice()).toContain('在武汉市的站点控制台权限已被收回');
    expect((await kindsOf(person))[0]).toEqual(['role-ended', 'city', { role: 'developer' }]);
    expect(seen(await done.press('developer-end-1'))).toEqual([404, ['console.role-gone']]);
  });

  it('says the same of a number without an account and of one below level 2, and keeps what was typed', async () => {
    const { citizen: operator } = await member();
    const verified = new Citizen(service);
    await verified.hasAccount(await city.loginUrl(service.origin), somebody());
    const form = await operator.browser.open(people('/new?site=county'));
    const [nobody, low] = [
      await form.press('developer-grant', { phone: freshPhone() }),
      await form.press('developer-grant', { phone: verified.phone }),
    ];
    for (const page of [nobody, low]) {
      expect([page.status, page.codeAt('phone')]).toEqual([422, 'console.person-unfit']);
      expect(page.all('#site option[selected]')[0]?.getAttribute('value')).toBe('county');
    }
    expect(low.value('phone')).toBe(verified.phone);
    expect(low.text).toBe(nobody.text);
  });

  it('refuses a number that is none, a site that is not there, and a developer who is one already', async () => {
    const { citizen: operator } = await member();
    const { citizen } = await member('city');
    const form = await operator.browser.open(people('/new'));
    const both = await form.press('developer-grant', { site: '', phone: '12' });
    expect([both.status, both.codeAt('site'), both.codeAt('phone')]).toEqual([
      422,
      'console.site-missing',
      'phone.malformed',
    ]);
    for (const site of ['nowhere', 'tongxing-console'])
      expect((await form.press('developer-grant', { site, phone: citizen.phone })).codeAt('site')).toBe(
        'console.site-missing',
      );
    const again = await form.press('developer-grant', { site: 'city', phone: citizen.phone });
    expect([again.status, again.codeAt('phone')]).toEqual([422, 'console.developer-already']);
  });

  it('DESIGN 6 stands behind a fresh proof, which counts once; a refusal uses none up', async () => {
    const { citizen: operator } = await member();
    const person = await levelTwo(service, city, somebody());
    await operator.waits(5 * MINUTE + 1);
    const due = await (await operator.browser.open(people())).follow('developer-new');
    expect(due.path).toBe('/account/proof?act=site-developer');
    const form = await due.press('proof-submit', { password: operator.password });
    expect(form.path).toBe('/console/people/new');
    const refused = await form.press('developer-grant', { site: 'city', phone: freshPhone() });
    expect(refused.status).toBe(422);
    const done = await refused.press('developer-grant', { site: 'city', phone: person.citizen.phone });
    expect(done.path).toBe('/console/people?news=granted');
    expect((await operator.browser.open(people('/new'))).path).toBe('/account/proof?act=site-developer');
    const first = await done.press('developer-end-1');
    expect(first.path).toBe('/account/proof?act=site-developer-end');
    const back = await first.press('proof-submit', { password: operator.password });
    expect([back.path, back.has('.notice.success')]).toEqual(['/console/people?news=proved', true]);
    const buttons = back.all('#developers button').length;
    const ended = await back.press('developer-end-1');
    expect([ended.path, ended.all('#developers button').length]).toEqual(['/console/people?news=ended', buttons - 1]);
  });

  it('an operator cannot go through numbers: a day’s worth is counted', async () => {
    const { citizen: operator } = await member();
    const form = await operator.browser.open(people('/new'));
    const tried = async () => form.press('developer-grant', { site: 'city', phone: freshPhone() });
    for (const _ of [1, 2, 3, 4]) expect((await tried()).codeAt('phone')).toBe('console.person-unfit');
    const wait = await tried();
    expect([wait.status, wait.codes]).toEqual([429, ['limit.wait']]);
  });

  it('is for operators: to a developer these pages and forms are not there, and operators are made elsewhere', async () => {
    const operator = await member();
    const { citizen } = await member('city');
    for (const path of ['', '/new']) {
      const page = await citizen.browser.open(people(path));
      expect(seen(page)).toEqual([404, ['page.not-found']]);
    }
    const home = await citizen.browser.open(`${service.origin}/console`);
    expect(home.has('#to-people')).toBe(false);
    const token = {
      _csrf: (await citizen.browser.open(`${service.origin}/account/data`)).value('_csrf') as string,
    };
    for (const [path, fields] of [
      ['/new', { site: 'city', phone: citizen.phone }],
      ['/end', { role: 'x' }],
    ] as const)
      expect(seen(await citizen.browser.post(people(path), { ...token, ...fields }))).toEqual([
        404,
        ['page.not-found'],
      ]);
    const [own] = await service.app.get(Operators).rolesOf(operator.accountId);
    const csrf = (await operator.citizen.browser.open(people('/new'))).value('_csrf') as string;
    const ended = await operator.citizen.browser.post(people('/end'), { _csrf: csrf, role: own?.id as string });
    expect(seen(ended)).toEqual([404, ['console.role-gone']]);
  });

  it.each(['/new', '/end'])(
    'a form for %s without a token, with another session’s, from another origin or without a session does nothing',
    async (path) => {
      const operator = await member();
      const other = await member();
      const fields = { site: 'city', phone: operator.citizen.phone };
      const send = async (citizen: Citizen, more: Record<string, string>, headers: Record<string, string> = {}) => {
        const body = new URLSearchParams({ ...(path === '/new' ? fields : { role: 'x' }), ...more }).toString();
        const sent = { origin: service.origin, ...headers };
        const answer = await citizen.browser.request('POST', people(path), body, sent);
        return [answer.status, /data-code="([^"]+)"/.exec(await answer.text())?.[1]];
      };
      const tokenOf = async ({ citizen }: Staff) => ({
        _csrf: (await citizen.browser.open(people('/new'))).value('_csrf') as string,
      });
      expect(await send(operator.citizen, {})).toEqual([403, 'form.token']);
      expect(await send(operator.citizen, await tokenOf(other))).toEqual([403, 'form.token']);
      for (const origin of ['https://evil.example', 'null'])
        expect(await send(operator.citizen, await tokenOf(operator), { origin })).toEqual([403, 'form.foreign-origin']);
      const token = await tokenOf(operator);
      operator.citizen.browser.forgetCookies(service.origin);
      expect(await send(operator.citizen, token)).toEqual([403, 'session.ended']);
      expect(await rolesOf(operator)).toEqual([undefined]);
    },
  );

  it('other tab: a page left open does nothing once somebody else is logged in', async () => {
    const { citizen } = await member();
    const person = await levelTwo(service, city, somebody());
    const form = await citizen.browser.open(people('/new'));
    citizen.browser.forgetCookies(service.origin);
    const second = await member('city');
    const login = await citizen.browser.open(`${service.origin}/console`);
    await Object.assign(citizen, { phone: second.citizen.phone }).logsIn(login);
    const late = await form.press('developer-grant', { site: 'city', phone: person.citizen.phone });
    expect([late.status, await rolesOf(person)]).toEqual([403, []]);
  });

  it('R-10.2 in English not a word of Chinese, names apart', async () => {
    const { citizen } = await staff(service, city, somebody(), { language: 'en' });
    await member('county');
    for (const path of ['', '/new']) {
      const page = await citizen.browser.open(people(path));
      const names = /武汉市|嘉鱼县|\p{Script=Han}\*+/gu;
      expect([page.status, page.text.replaceAll(names, '')]).toEqual([
        200,
        expect.not.stringMatching(/[\u4e00-\u9fff]/),
      ]);
    }
  });
});
