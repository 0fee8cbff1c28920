import { Engine } from '../../src/oidc/engine.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { secondsLeftOfChinaDay } from '../../src/shared/china-time.js';
import type { Page } from '../support/browser.js';
import { Browser } from '../support/browser.js';
import { basic } from '../support/protocol.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';
import type { Staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(20);
const PHONE = '13800138000';

describe.each(PROVINCES)('failed requests in the console (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let county: TestSite;
  let operator: Staff;
  let developer: Staff;
  let next = province === 'hubei' ? 0 : 10;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    county = await TestSite.start('county', '嘉鱼县');
    service = await startService(province, {
      SITES_FILE: sitesFile([
        city.metadata({ 'client_name#en': 'Wuhan' }),
        county.metadata({ 'client_name#en': 'Jiayu' }),
      ]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + 12 * 3600);
    operator = await staff(service, city, somebody());
    developer = await staff(service, city, somebody(), { of: 'city' });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
    await county.close();
  });

  const opens = async ({ citizen }: Staff, path: string): Promise<Page> =>
    citizen.browser.open(`${service.origin}/console${path}`);
  const entry = (page: Page, id: string): string =>
    page
      .all(`[data-error-id="${id}"]`)
      .map(({ text }) => text.replace(/\s+/g, ' '))
      .join();
  const shownOn = ({ text }: Page): string => /错误编号 ([0-9a-f]{8})/.exec(text)?.[1] ?? '';
  const inText = (text: string): string => /\(error id ([0-9a-f]{8})\)/.exec(text)?.[1] ?? '';

  const onPage = async (): Promise<string> => {
    const more = { redirect_uri: `${city.origin}/callback/${PHONE}?login=${PHONE}`, login_hint: PHONE };
    return shownOn(await new Browser().open(await city.loginUrl(service.origin, more)));
  };
  const inJson = async (): Promise<string> => {
    const headers = { authorization: basic('city', 'not-the-secret') };
    const got = await fetch(`${service.origin}/oidc/token`, { method: 'POST', headers, body: new URLSearchParams() });
    return inText(((await got.json()) as { error_description: string }).error_description);
  };
  const inRedirect = async (): Promise<string> => {
    const url = await city.loginUrl(service.origin, { scope: 'openid app', state: PHONE });
    const { headers } = await new Browser().request('GET', url);
    return inText(new URL(headers.get('location') ?? '').searchParams.get('error_description') ?? '');
  };

  it('a site without failures says so', async () => {
    const page = await opens(operator, '/sites/county/failures');
    expect([page.status, page.title]).toEqual([200, '失败的请求']);
    expect(page.text).toContain('最近 7 天没有失败的请求。');
    expect([page.has('#failures'), page.has('#search-submit')]).toEqual([false, false]);
  });

  it('the id on the error page, in the JSON and in the redirect is the one in the console, with what was expected and what came', async () => {
    const page = await onPage();
    service.clock.advance(1);
    const json = await inJson();
    service.clock.advance(1);
    const redirect = await inRedirect();
    const seen = await (await opens(developer, '/sites/city')).follow('to-failures');
    expect(seen.path).toBe('/console/sites/city/failures');
    const address = entry(seen, page);
    expect(address).toContain('redirect_uri 没有登记');
    expect(address).toContain('/oidc/auth');
    expect(address).toContain('invalid_redirect_uri');
    expect(address).toContain(`与登记的某个回调地址逐字相同。 ${city.origin}/callback`);
    expect(address).toContain(`收到的是${city.origin}/callback/…?…`);
    const secret = entry(seen, json);
    expect(secret).toContain('client_secret');
    expect(secret).toContain('14 个字符，内容不保存');
    const scope = entry(seen, redirect);
    expect(scope).toMatch(/应当是只请求登记过的范围.*openid profile phone/);
    expect(scope).toContain('收到的是app');
    expect(seen.html).not.toContain(PHONE);
    expect(seen.html).not.toContain('not-the-secret');
    const ids = seen.all('#failures > section').map((one) => one.getAttribute('data-error-id'));
    expect(ids).toEqual([redirect, json, page]);
    const guide = await developer.citizen.browser.open(
      new URL(seen.all(`[data-error-id="${page}"] a`)[0]?.getAttribute('href') ?? '', service.origin).href,
    );
    expect(guide.url.pathname + guide.url.hash).toBe('/developers/errors#error-redirect-uri');
    expect(guide.has('#error-redirect-uri')).toBe(true);
  });

  it('is filtered by endpoint and error, and searched by the id as it was read out or pasted', async () => {
    const id = await inJson();
    const found = async (query: Record<string, string>) => {
      const page = await opens(developer, `/sites/city/failures?${new URLSearchParams(query)}`);
      return page.all('#failures > section').map((one) => one.getAttribute('data-cause'));
    };
    expect(await found({ endpoint: 'token' })).toEqual(['client-secret']);
    expect(await found({ error: 'invalid_scope' })).toEqual(['scope']);
    expect(await found({ endpoint: 'token', error: 'invalid_scope' })).toEqual([]);
    expect(await found({ errorId: ` (error id ${id.toUpperCase()})` })).toEqual(['client-secret']);
    expect(await found({ errorId: id, endpoint: '', error: '' })).toEqual(['client-secret']);
    expect(await found({ endpoint: 'nonsense', error: '"><b>' })).toHaveLength(3);
    expect(await found({ endpoint: 'constructor' })).toHaveLength(3);
    const none = await opens(developer, `/sites/city/failures?errorId=${encodeURIComponent('"><b>')}`);
    expect([none.text.includes('没有找到。'), none.has('main b'), none.value('errorId')]).toEqual([
      true,
      false,
      '"><b>',
    ]);
    expect((await none.follow('all-failures')).all('#failures > section')).toHaveLength(3);
  });

  it('a developer sees those of their own site alone; another site is there as little as an unknown one', async () => {
    const id = await inJson();
    const other = await staff(service, county, somebody(), { of: 'county' });
    const [theirs, unknown] = [
      await opens(other, '/sites/city/failures'),
      await opens(other, '/sites/nobody/failures'),
    ];
    expect([theirs.status, theirs.codes]).toEqual([404, ['page.not-found']]);
    expect(theirs.text).toBe(unknown.text);
    const own = await opens(other, `/sites/county/failures?errorId=${id}`);
    expect([own.status, own.has('#failures')]).toEqual([200, false]);
    const search = await opens(developer, `/failures?errorId=${id}`);
    expect([search.status, search.codes]).toEqual([404, ['page.not-found']]);
    expect((await opens(developer, '')).has('#to-failures')).toBe(false);
    const stranger = await new Browser().open(`${service.origin}/console/sites/city/failures`);
    expect(stranger.has('#login-submit')).toBe(true);
  });

  it('an operator finds the site by an id that a developer reads out, and sees how many named no site', async () => {
    const id = await inJson();
    const start = await (await opens(operator, '')).follow('to-failures');
    expect(start.text).toContain('最近 7 天有 0 次请求没有指明登记过的站点。');
    const found = await opens(operator, `/failures?errorId=${id.toUpperCase()}`);
    expect(entry(found, id)).toContain('武汉市');
    const [link] = found.all(`[data-error-id="${id}"] a`);
    const site = await operator.citizen.browser.open(new URL(link?.getAttribute('href') ?? '', service.origin).href);
    expect([site.path, site.all('#failures > section').length]).toEqual([
      `/console/sites/city/failures?errorId=${id}`,
      1,
    ]);
    for (const clientId of ['nobody', PHONE])
      await new Browser().open(`${service.origin}/oidc/auth?client_id=${clientId}&response_type=code`);
    const after = await opens(operator, '/failures');
    expect(after.text).toContain('最近 7 天有 2 次请求没有指明登记过的站点。');
    expect(after.html).not.toContain(PHONE);
    const none = await opens(operator, '/failures?errorId=00000000');
    expect(none.has('#no-failures')).toBe(true);
  });

  it('counts equal failures together, in both languages', async () => {
    const id = await inJson();
    const before = Number(/(\d+) 次/.exec(entry(await opens(developer, '/sites/city/failures'), id))?.[1]);
    service.clock.advance(5);
    expect(await inJson()).toBe(id);
    const page = await opens(developer, '/sites/city/failures');
    expect(entry(page, id)).toContain(`${before + 1} 次`);
    expect(entry(page, id)).toContain('至');
    const english = await developer.citizen.browser.open(
      `${service.origin}/preferences?name=lang&value=en&back=/console/sites/city/failures`,
    );
    expect(entry(english, id)).toContain(`${before + 1} times`);
    expect(entry(english, id)).toContain('14 characters, which are not kept');
    expect(english.title).toBe('Failed requests');
  });

  it('of many different values counted together the latest stands there', async () => {
    let id = '';
    for (let at = 0; at < 12; at += 1) {
      const url = await county.loginUrl(service.origin, { redirect_uri: `https://portal.example/${at}` });
      id = shownOn(await new Browser().open(url));
    }
    const shown = entry(await opens(operator, '/sites/county/failures'), id);
    expect(shown).toContain('2 次');
    expect(shown).toContain('收到的是许多不同的值，合在一起计数，最近一次是： https://portal.example/11');
  });

  it('a disabled site’s requests are still its own: its developers see why they fail', async () => {
    await service.app.get(SiteRecords).disable('city', { actor: 'cli' });
    await service.app.get(Engine).refresh();
    const id = shownOn(await new Browser().open(await city.loginUrl(service.origin)));
    const page = await opens(developer, '/sites/city/failures');
    expect(entry(page, id)).toContain('client_id is not registered');
    expect(entry(page, id)).toContain('A site that was disabled looks the same.');
  });
});
