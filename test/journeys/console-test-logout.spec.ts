import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { LogoutCalls } from '../../src/oidc/logout/logout-calls.service.js';
import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import { SiteChanges } from '../../src/oidc/sites/site-changes.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { Database } from '../../src/storage/transactions.js';
import { BackChannel } from '../support/back-channel.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { freePort } from '../support/ports.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';
import type { Staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(8);
type Resident = (typeof residents)[number];
const INSIDE = 'only-for-those-inside';
const NOT_THERE = [404, ['page.not-found']];

describe('a test logout from the console', () => {
  let service: RunningService;
  let city: TestSite;
  let channel: BackChannel;
  let operator: Staff;
  let developer: Staff;

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    channel = await BackChannel.start();
    const of = (client_id: string, backchannel_logout_uri: string | undefined, more = {}) =>
      city.metadata({ client_id, client_name: client_id, backchannel_logout_uri, ...more });
    service = await startService('hubei', {
      SITES_FILE: sitesFile([
        city.metadata({ backchannel_logout_uri: channel.uri, 'client_name#en': 'Wuhan' }),
        of('pairwise', channel.uri, { subject_type: 'pairwise', id_token_signed_response_alg: 'ES256' }),
        of('closed', `http://127.0.0.1:${await freePort()}/logout`),
        of('nowhere', 'http://nowhere.invalid/logout'),
        of('plain', channel.uri.replace('http:', 'https:')),
        of('inward', 'http://10.20.30.40/logout'),
        of('silent', undefined),
        of('county', channel.uri),
      ]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, residents[0] as Resident);
    developer = await staff(service, city, residents[1] as Resident, { of: 'city' });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
    await channel.close();
  });
  beforeEach(() => channel.answers(200));

  const path = (site: string) => `/console/sites/${site}/deliveries`;
  const opens = async ({ citizen }: Staff, site = 'city'): Promise<Page> =>
    citizen.browser.open(service.origin + path(site));
  const tests = async (who: Staff, site = 'city'): Promise<Page> => (await opens(who, site)).press('test-submit');
  const seen = (page: Page) => [page.status, page.codes];
  const outcome = (page: Page) => page.all('.notice [data-cause]')[0]?.getAttribute('data-cause');
  const kept = async (site = 'city') => (await service.app.get(LogoutRecords).ofSite(site, { limit: 100 })).deliveries;
  const journal = async (site = 'city') =>
    (await service.app.get(SiteChanges).of(site, { limit: 100 })).filter(({ kind }) => kind === 'test-logout');
  const claimsOf = async (token: string | undefined, aud: string): Promise<JWTPayload> => {
    const keys = (await (await fetch(`${service.origin}/oidc/jwks`)).json()) as JSONWebKeySet;
    const options = { issuer: service.origin, audience: aud, typ: 'logout+jwt' };
    return (await jwtVerify(token ?? '', createLocalJWKSet(keys), options)).payload;
  };

  it('sends one true logout token about nobody, says that it was taken, keeps it as a test and who sent it', async () => {
    const [tokens, rows] = [channel.tokens.length, (await kept()).length];
    const page = await tests(developer);
    expect(page.path).toMatch(/^\/console\/sites\/city\/deliveries\?tested=[\da-f-]{36}$/);
    expect([page.status, page.has('.notice.success')]).toEqual([200, true]);
    expect(page.text).toMatch(/站点收下了测试通知，用了 \d\.\d\d? 秒/);
    expect(channel.tokens.length).toBe(tokens + 1);
    const claims = await claimsOf(channel.tokens.at(-1), 'city');
    expect(Object.keys(claims['events'] as object)).toEqual(['http://schemas.openid.net/event/backchannel-logout']);
    expect(claims).toMatchObject({ sub: expect.any(String), sid: expect.any(String), jti: expect.any(String) });
    expect([claims['nonce'], (claims.exp ?? 0) - (claims.iat ?? 0)]).toEqual([undefined, 120]);
    const accounts = service.app.get(Accounts);
    expect(await accounts.standing(claims.sub ?? '')).toBeUndefined();
    const [row, ...before] = await kept();
    expect(row).toMatchObject({ state: 'told', tries: 1, test: true });
    expect(before).toHaveLength(rows);
    expect((await journal())[0]).toMatchObject({ actor: developer.accountId, state: 'applied', fields: {} });
    expect((await page.again()).has('.notice.success')).toBe(true);
    expect(channel.tokens.length).toBe(tokens + 1);
  });

  it('each with a subject and a session of its own, as the site knows subjects', async () => {
    const sent = async (site: string) => {
      await tests(operator, site);
      return claimsOf(channel.tokens.at(-1), site);
    };
    const all = [await sent('city'), await sent('city'), await sent('pairwise')];
    for (const name of ['sub', 'sid', 'jti']) expect(new Set(all.map((one) => one[name])).size).toBe(3);
    expect(all[0]?.sub).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
    expect(all[2]?.sub).not.toMatch(/^[\da-f]{8}-/);
    expect(decodeProtectedHeader(channel.tokens.at(-1) ?? '').alg).toBe('ES256');
  });

  it('nobody is logged out by it', async () => {
    const before = await developer.citizen.browser.open(await city.loginUrl(service.origin, { prompt: 'none' }));
    await tests(developer);
    const after = await developer.citizen.browser.open(await city.loginUrl(service.origin, { prompt: 'none' }));
    expect([before.title, after.title]).toEqual(['logged in', 'logged in']);
  });

  it.each([
    [204, undefined, '收下了'],
    [302, 'redirected', '回答 302'],
    [307, 'redirected', '平台不跟随跳转'],
    [400, 'answered-400', '按 kid 找不到公钥'],
    [401, 'answered-403', '登录检查'],
    [403, 'answered-403', '回答 403'],
    [404, 'answered-404', '核对登记的路径'],
    [405, 'answered-405', '接受 POST'],
    [418, 'answered', '回答 418'],
    [201, 'answered', '不是 200 或 204'],
    [503, 'answered-500', '看站点那一刻的日志'],
  ])('says what %s means, and what to do', async (status, cause, words) => {
    channel.answers((response) =>
      response.writeHead(status, { location: `${channel.origin}/${INSIDE}` }).end(status === 204 ? '' : INSIDE),
    );
    const page = await tests(developer);
    expect([outcome(page), page.text.includes(words)]).toEqual([cause, true]);
    expect(page.html).not.toContain(INSIDE);
    const [row] = await kept();
    expect(row).toMatchObject({ state: cause ? 'given-up' : 'told', tries: 1, test: true, ...(cause && { status }) });
    expect(row?.nextAt).toBeUndefined();
    if (cause) expect(page.all('.notice a')[0]?.getAttribute('href')).toBe(`/developers/errors#delivery-${cause}`);
  });

  it.each([
    ['closed', 'connection-refused'],
    ['nowhere', 'name-not-found'],
    ['plain', 'tls'],
  ])('of a site that cannot be reached (%s) it says %s', async (site, cause) => {
    const page = await tests(operator, site);
    expect([page.status, outcome(page)]).toEqual([200, cause]);
    expect(page.text).toMatch(/站点没有收下测试通知.*：\d\.\d\d? 秒之后放弃/);
    expect((await kept(site))[0]).toMatchObject({ state: 'given-up', test: true, reason: cause });
  });

  it('is sent to a site too that others are held back from, since it did not answer', async () => {
    const calls = service.app.get(LogoutCalls);
    const others = [];
    for (let tries = 0; tries < 6; tries += 1) others.push(await calls.call(developer.accountId, 'closed', 'sid'));
    expect(others.at(-1)).toEqual({ state: 'waiting', reason: 'site-resting' });
    expect(outcome(await tests(operator, 'closed'))).toBe('connection-refused');
  });

  it('and of one that hangs up, keeps silent, or talks without end', async () => {
    channel.answers((response) => response.destroy());
    expect(outcome(await tests(developer))).toBe('connection-lost');
    channel.answers((response) => response.end(Buffer.alloc(2 * 1024 * 1024)));
    expect(outcome(await tests(developer))).toBe('answer-too-large');
    channel.answers(() => undefined);
    const page = await tests(developer);
    expect([outcome(page), /没有及时回答：(\d)\.\d 秒之后放弃/.exec(page.text)?.[1]]).toEqual(['timeout', '2']);
  });

  describe('an address that the way out is closed to', () => {
    const moved = async (uri: string) => {
      await service.app.get(Database).query(
        `update sites set metadata = jsonb_set(metadata, '{backchannel_logout_uri}', $1), updated_at = now()
            where client_id = 'inward'`,
        [JSON.stringify(uri)],
      );
    };

    it.each([
      'http://10.20.30.40/logout',
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00:ec2::254]/latest/meta-data/',
      'http://100.100.100.200/latest/meta-data/',
      'http://[::ffff:169.254.169.254]/latest/meta-data/',
    ])('%s: said so, nothing sent, nothing told of what is there', async (uri) => {
      await moved(uri);
      const page = await tests(operator, 'inward');
      expect([page.status, outcome(page)]).toEqual([200, 'address-refused']);
      expect(page.text).toContain('测试通知没有发送');
      expect(page.text).not.toMatch(/秒之后放弃|用了 .* 秒/);
      expect((await kept('inward'))[0]).toMatchObject({ state: 'given-up', reason: 'address-refused', test: true });
    });
  });

  it('goes to the registered address of this moment alone: no field names another, and no process sends to an old one', async () => {
    const form = (await opens(developer)).form('test-submit');
    expect(Object.keys(form.fields)).toEqual(['_csrf']);
    for (const name of ['backchannelLogoutUri', 'backchannel_logout_uri', 'url']) {
      const page = await developer.citizen.browser.post(form.action, { ...form.fields, [name]: `${city.origin}/x` });
      expect([name, ...seen(page)]).toEqual([name, 400, ['form.unknown-field']]);
    }
    const moved = await BackChannel.start();
    const before = channel.tokens.length;
    await service.app
      .get(Database)
      .query(
        `update sites set metadata = jsonb_set(metadata, '{backchannel_logout_uri}', $1), updated_at = now() where client_id = 'county'`,
        [JSON.stringify(moved.uri)],
      );
    const page = await tests(operator, 'county');
    expect([page.has('.notice.success'), moved.tokens.length, channel.tokens.length]).toEqual([true, 1, before]);
    await moved.close();
  });

  it('is not sent to a site without an address, or one that is disabled: the page says so, and so does a form that comes late', async () => {
    const silent = await opens(operator, 'silent');
    expect([silent.has('#no-address'), silent.has('#test-submit')]).toEqual([true, false]);
    const { fields } = (await opens(operator)).form('test-submit');
    const late = await operator.citizen.browser.post(service.origin + path('silent'), fields);
    expect(seen(late)).toEqual([422, ['console.no-logout-address']]);
    const records = service.app.get(SiteRecords);
    const before = (await journal('closed')).length;
    await records.disable('closed', { actor: 'cli' });
    const closed = await opens(operator, 'closed');
    expect([closed.text.includes('站点已停用'), closed.has('#test-submit')]).toEqual([true, false]);
    const later = await operator.citizen.browser.post(service.origin + path('closed'), fields);
    expect(seen(later)).toEqual([422, ['console.site-closed']]);
    await records.enable('closed', { actor: 'cli' });
    await service.app.get(Engine).refresh();
    expect([await journal('silent'), (await journal('closed')).length]).toEqual([[], before]);
  });

  it('is for operators and the site’s own developers; no form counts without its token, from elsewhere, or without a session', async () => {
    const other = await staff(service, city, residents[2] as Resident, { of: 'county' });
    const { action, fields } = (await opens(developer)).form('test-submit');
    const before = [channel.tokens.length, (await kept()).length, (await journal()).length];
    const own = (await opens(other, 'county')).form('test-submit').fields;
    const strange = await opens(other);
    expect(seen(strange)).toEqual(NOT_THERE);
    expect(strange.text).toBe((await opens(other, 'nobody')).text);
    expect(seen(await other.citizen.browser.post(action, own))).toEqual(NOT_THERE);
    const { browser } = developer.citizen;
    expect(seen(await browser.post(action, {}))).toEqual([403, ['form.token']]);
    expect(seen(await browser.post(action, own))).toEqual([403, ['form.token']]);
    expect(seen(await browser.post(action, fields, { origin: 'https://evil.example' }))).toEqual([
      403,
      ['form.foreign-origin'],
    ]);
    expect((await new Browser().post(action, fields)).codes).toEqual(['session.ended']);
    expect((await new Browser().open(action)).has('#login-submit')).toBe(true);
    for (const tested of ['x', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`]) {
      const page = await browser.open(`${action}?tested=${tested}`);
      expect([tested, page.status, page.has('.notice')]).toEqual([tested, tested === 'x' ? 404 : 200, false]);
    }
    const [foreign] = await kept('pairwise');
    expect((await browser.open(`${action}?tested=${foreign?.id}`)).has('.notice')).toBe(false);
    expect([channel.tokens.length, (await kept()).length, (await journal()).length]).toEqual(before);
  });

  it('the journal names who sent it', async () => {
    const page = await operator.citizen.browser.open(`${service.origin}/console/sites/city/changes`);
    const row = page.all('#changes tr').find(({ text }) => text.includes('发送测试退出通知'));
    expect(row?.text).toContain('已发送');
    const one = await operator.citizen.browser.open(
      new URL(row?.querySelector('a')?.getAttribute('href') ?? '', service.origin).href,
    );
    expect([one.status, one.text.includes('发送测试退出通知')]).toEqual([200, true]);
  });
});

describe('test logouts are counted', () => {
  it('per person, site, address and for the whole service: then there is a wait, and nothing is sent', async () => {
    const city = await TestSite.start('city', '武汉市');
    const channel = await BackChannel.start();
    const of = (client_id: string) => city.metadata({ client_id, backchannel_logout_uri: channel.uri });
    const limits = { testLogoutsPerPersonHour: 2, testLogoutsPerSiteHour: 3, perAddressDay: 4, serviceHour: 5 };
    const service = await startService(
      'hubei',
      {
        SITES_FILE: sitesFile([of('city'), of('county'), of('town')]),
        STUB_RESIDENTS_FILE: RESIDENTS,
        TRUST_PROXY: '127.0.0.0/8',
      },
      { console: limits },
    );
    const operators: Staff[] = [];
    for (const who of residents.slice(3, 7)) operators.push(await staff(service, city, who));
    const [first, second, third, fourth] = operators as [Staff, Staff, Staff, Staff];
    fourth.citizen.browser.sends = { 'x-forwarded-for': '203.0.113.77' };
    const tests = async ({ citizen }: Staff, site: string) => {
      const before = channel.tokens.length;
      const page = await (
        await citizen.browser.open(`${service.origin}/console/sites/${site}/deliveries`)
      ).press('test-submit');
      const waits = Number(page.headers.get('retry-after')) > 0;
      return [page.status, page.codes, waits, channel.tokens.length - before];
    };
    const SENT = [200, [], false, 1];
    const WAIT = [429, ['limit.wait'], true, 0];
    for (const [who, site, came] of [
      [first, 'city', SENT],
      [first, 'city', SENT],
      [first, 'county', WAIT],
      [second, 'city', SENT],
      [second, 'city', WAIT],
      [third, 'county', SENT],
      [third, 'county', WAIT],
      [fourth, 'town', SENT],
      [fourth, 'town', WAIT],
    ] as const)
      expect(await tests(who, site)).toEqual(came);
    const sent = await service.app.get(SiteChanges).of('city', { limit: 9 });
    expect(sent.filter(({ kind }) => kind === 'test-logout')).toHaveLength(3);
    await Promise.all([service.close(), city.close(), channel.close()]);
  });
});
