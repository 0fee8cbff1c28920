import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import type { Staff } from '../support/staff.js';
import { staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(3);
type Resident = (typeof residents)[number];

describe('what the console’s pages tell their readers', () => {
  let service: RunningService;
  let city: TestSite;
  let operator: Staff;
  let developer: Staff;

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    const entries = [city.metadata(), city.metadata({ client_id: 'county', client_name: '嘉鱼县' })];
    service = await startService('hubei', {
      SITES_FILE: sitesFile(entries),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, residents[0] as Resident, { language: 'en' });
    developer = await staff(service, city, residents[1] as Resident, { of: 'city' });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
  });

  const opens = async ({ citizen }: Staff, path: string): Promise<Page> =>
    citizen.browser.open(`${service.origin}/console${path}`);
  const noticeOf = (page: Page): string => page.all('.notice-title')[0]?.text ?? '';
  const lines = (page: Page, kind: string): string[] => page.all(`#fields .${kind}`).map(({ text }) => text);

  it('a refused form names each field in its summary, and the line where a field has several', async () => {
    const page = await (
      await opens(developer, '/sites/city/edit')
    ).press('edit-submit', {
      clientName: '<b>',
      redirectUris: `${city.origin}/callback\nhttps://*.wuhan.example/`,
      postLogoutRedirectUris: 'http://user@wuhan.example/',
    });
    expect(page.all('#error-summary a').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^站点名称：应为/),
      expect.stringMatching(/^登录后返回的地址：第 2 行：网址的域名里不能有星号/),
      expect.stringMatching(/^退出后返回的地址：网址里带有用户名或密码/),
    ]);
    expect(page.all('#redirectUris-error')[0]?.text).toMatch(/^错误：第 2 行：网址的域名/);
    expect(page.all('main b')).toEqual([]);
  });

  it('a developer reads beforehand what counts at once and what waits; to an operator everything counts at once', async () => {
    const ofDeveloper = await opens(developer, '/sites/city/edit');
    expect(ofDeveloper.all('#when-it-counts strong').map(({ text }) => text)).toEqual([
      '保存后立即生效',
      '由运营人员审核通过后生效',
    ]);
    expect((await opens(operator, '/sites/city/edit')).has('#when-it-counts')).toBe(false);
  });

  it('of a list each line that comes or goes says so in words; an operator is told at the start how many changes wait', async () => {
    expect((await opens(operator, '')).has('#see-waiting')).toBe(false);
    await (
      await opens(developer, '/sites/city/edit')
    ).press('edit-submit', {
      redirectUris: `${city.origin}/callback\n${city.origin}/other`,
      dataPurpose: '别的用途',
      scopePhone: '',
    });
    expect((await opens(developer, '')).has('#see-waiting')).toBe(false);
    const start = await opens(operator, '');
    expect(noticeOf(start)).toBe('One change is waiting for an operator');
    const list = await start.follow('see-waiting');
    const change = new URL(list.all('#waiting a')[0]?.getAttribute('href') as string, list.url);
    const page = await operator.citizen.browser.open(change.href);
    expect([lines(page, 'removed'), lines(page, 'added')]).toEqual([
      ['removed phone · Mobile number'],
      [`added ${city.origin}/other`],
    ]);
    expect(page.all('#fields th[scope=row]').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Data that it may ask for', 'Purpose', 'Addresses after login']),
    );
  });

  it('what was typed before the proof page is in the form after it, and the form says so', async () => {
    const form = await opens(developer, '/sites/city/edit');
    expect(noticeOf(form)).toBe('这个站点有一项改动正在等待审核');
    service.clock.advance(6 * 60);
    const proof = await form.press('edit-submit', { clientName: '打字时的名字' });
    expect(proof.has('#proof-submit')).toBe(true);
    const kept = await proof.press('proof-submit', { password: developer.citizen.password });
    expect([kept.path, noticeOf(kept), kept.value('clientName')]).toEqual([
      '/console/sites/city/edit',
      '您刚才填写的内容已保留',
      '打字时的名字',
    ]);
    expect(kept.text).toContain('这个站点有一项改动正在等待审核');
    expect((await kept.press('edit-submit')).path).toBe('/console/sites/city/changes?news=saved');
    expect(noticeOf(await opens(developer, '/sites/city'))).toBe('');
  });

  it('a site’s first page says that its requests fail, and leads to why; the filter is folded until it is used', async () => {
    await service.app.get(Engine).refresh();
    for (const _time of [1, 2])
      await new Browser().open(await city.loginUrl(service.origin, { redirect_uri: `${city.origin}/nowhere` }));
    const page = await opens(developer, '/sites/city');
    expect(noticeOf(page)).toBe('最近 7 天有 2 次请求失败');
    const list = await page.follow('see-failures');
    expect([list.path, list.has('details[open]'), list.has('details #search-submit')]).toEqual([
      '/console/sites/city/failures',
      false,
      true,
    ]);
    const filtered = await developer.citizen.browser.open(`${list.url.href}?endpoint=token`);
    expect([filtered.has('details[open]'), filtered.has('#no-failures')]).toEqual([true, true]);
    expect(noticeOf(await opens(operator, '/sites/county'))).toBe('');
  });

  it('a site that is closed says so first, with the way to when and why', async () => {
    await service.app.get(SiteRecords).disable('city', { actor: operator.accountId, reason: '站点迁移' });
    const page = await opens(developer, '/sites/city');
    expect([noticeOf(page), page.has('.notice #see-failures')]).toEqual(['这个站点已被运营人员停用', true]);
    const latest = (await page.follow('see-changes')).all('#changes tbody tr')[0];
    expect(latest?.text).toContain('停用');
    expect((await opens(operator, '')).all('#sites strong').map(({ text }) => text)).toEqual([
      'Closed (by an operator)',
    ]);
  });
});
