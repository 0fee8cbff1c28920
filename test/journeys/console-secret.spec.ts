import { Engine } from '../../src/oidc/engine.service.js';
import { Database } from '../../src/storage/transactions.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import type { Staff } from '../support/staff.js';
import { basic } from '../support/protocol.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(4);
const [first, second] = residents as [(typeof residents)[number], (typeof residents)[number]];
const HOUR = 3600;
const SHOWN = /^\/console\/sites\/city\/secret\/[\da-f-]{36}$/;

describe('a site’s secret and its state in the console', () => {
  let service: RunningService;
  let city: TestSite;
  let operator: Staff;
  let developer: Staff;

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    const spa = { client_id: 'spa', client_secret: undefined, token_endpoint_auth_method: 'none' };
    service = await startService('hubei', {
      SITES_FILE: sitesFile([city.metadata(), city.metadata(spa)]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, first);
    developer = await staff(service, city, second, { of: 'city' });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
  });

  const at = (path: string) => `${service.origin}/console/sites/${path}`;
  /** Logs in where the session has lapsed. */
  const opens = async ({ citizen }: Staff, path: string): Promise<Page> => {
    const page = await citizen.browser.open(at(path));
    return page.has('#login-submit') ? citizen.logsIn(page) : page;
  };
  /** Goes through the proof page where it is asked for. */
  const proved = async (who: Staff, path: string): Promise<Page> => {
    const page = await opens(who, path);
    return page.has('#proof-submit') ? page.press('proof-submit', { password: who.citizen.password }) : page;
  };
  const proves = async (secret: string): Promise<number> => {
    await service.app.get(Engine).refresh();
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'none', redirect_uri: 'http://a.cn/' });
    const headers = { authorization: basic('city', secret) };
    return (await fetch(`${service.origin}/oidc/token`, { method: 'POST', body, headers })).status;
  };

  describe('a new secret', () => {
    it('is made by the site’s own developer, shown once, and counts at once; the old one until its overlap ends', async () => {
      const made = await (await opens(developer, 'city/secret')).press('secret-submit', { overlapHours: ' ２ ' });
      expect([made.status, made.path]).toEqual([200, expect.stringMatching(SHOWN)]);
      expect(made.headers.get('cache-control')).toBe('no-store');
      const secret = made.all('#secret')[0]?.text as string;
      expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect([await proves(secret), await proves(SITE_SECRET)]).toEqual([400, 400]);
      service.clock.advance(2 * HOUR);
      expect([await proves(secret), await proves(SITE_SECRET)]).toEqual([400, 401]);
      const kept = JSON.stringify(await service.app.get(Database).query('select * from sites, site_changes'));
      expect(kept.includes(secret)).toBe(false);
    });

    it('is not shown again: not by a reload, not to another person, not in the journal', async () => {
      const made = await (await proved(developer, 'city/secret')).press('secret-submit', { overlapHours: '0' });
      const secret = made.all('#secret')[0]?.text as string;
      const again = await made.again();
      expect([again.has('#secret'), again.html.includes(secret), again.title]).toEqual([
        false,
        false,
        '新密钥已经显示过',
      ]);
      const fresh = await (await proved(developer, 'city/secret')).form('secret-submit');
      const answer = await developer.citizen.browser.request(
        'POST',
        fresh.action,
        new URLSearchParams(fresh.fields).toString(),
        { origin: service.origin },
      );
      const shownAt = answer.headers.get('location') as string;
      await opens(operator, 'city');
      const elsewhere = await operator.citizen.browser.open(new URL(shownAt, service.origin).href);
      expect([elsewhere.status, elsewhere.has('#secret')]).toEqual([200, false]);
      const headers = await developer.citizen.browser.request('HEAD', new URL(shownAt, service.origin).href);
      expect([headers.status, headers.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const own = await developer.citizen.browser.open(new URL(shownAt, service.origin).href);
      expect(own.has('#secret')).toBe(true);
      const journal = await opens(developer, 'city/changes');
      expect([journal.has('[data-kind=secret]'), journal.html.includes(secret)]).toEqual([true, false]);
    });

    it('of two tabs at once each shows its own, and the last one made is the one that counts', async () => {
      const form = (await proved(developer, 'city/secret')).form('secret-submit');
      const browsers = [1, 2].map(() => developer.citizen.browser.copy());
      const pages = await Promise.all(
        browsers.map(async (browser) => browser.post(form.action, { ...form.fields, overlapHours: '0' })),
      );
      const shown = pages.map((page) => page.all('#secret')[0]?.text as string);
      expect(
        [new Set(shown).size, await proves(shown[0] as string), await proves(shown[1] as string)].toSorted(),
      ).toEqual([2, 400, 401]);
    });

    it.each(['', '-1', '1.5', '721', 'bald'])(
      'refuses an overlap of "%s" at its field, and makes none',
      async (overlapHours) => {
        const before = await opens(developer, 'city/changes');
        const page = await (await proved(developer, 'city/secret')).press('secret-submit', { overlapHours });
        expect([page.status, page.codeAt('overlapHours'), page.value('overlapHours')]).toEqual([
          422,
          'site.overlap',
          overlapHours,
        ]);
        expect((await before.again()).all('#changes tr')).toHaveLength(before.all('#changes tr').length);
      },
    );

    it('there is none for a site without a secret', async () => {
      const page = await proved(operator, 'spa/secret');
      expect(page.has('#secret-submit')).toBe(false);
      const { fields } = (await opens(operator, 'city/secret')).form('secret-submit');
      const forced = await operator.citizen.browser.post(at('spa/secret'), fields);
      expect([forced.status, forced.codes]).toEqual([422, ['site.no-secret']]);
    });

    it('needs a proof given lately: the form leads through the proof page and back, and a proof counts for one', async () => {
      const form = await proved(developer, 'city/secret');
      service.clock.advance(20 * 60);
      const asked = await form.press('secret-submit');
      expect([asked.url.pathname, asked.url.searchParams.get('to')]).toEqual([
        '/account/proof',
        '/console/sites/city/secret',
      ]);
      const back = await asked.press('proof-submit', { password: developer.citizen.password });
      expect(back.path).toBe('/console/sites/city/secret');
      const copies = [1, 2].map(() => developer.citizen.browser.copy());
      const sent = back.form('secret-submit');
      const pages = await Promise.all(copies.map(async (browser) => browser.post(sent.action, sent.fields)));
      expect(pages.map(({ url }) => url.pathname).toSorted()).toEqual(['/account/proof', expect.stringMatching(SHOWN)]);
    });
  });

  describe('its state', () => {
    it('an operator disables it with a reason, the developer reads it, and an operator opens it again', async () => {
      const closed = await (await proved(operator, 'city/state')).press('disable-submit', { reason: '证书泄露' });
      expect([closed.path, closed.has('[data-kind=disabled]')]).toEqual([
        '/console/sites/city/changes?news=disabled',
        true,
      ]);
      await service.app.get(Engine).refresh();
      const login = await new Browser().open(await city.loginUrl(service.origin));
      expect([login.status, login.codes]).toEqual([400, ['invalid_client']]);
      const journal = await opens(developer, 'city/changes');
      const change = await developer.citizen.browser.open(
        new URL(journal.all('#changes tbody a')[0]?.getAttribute('href') as string, journal.url).href,
      );
      expect(change.text).toContain('证书泄露');
      const opened = await (await proved(operator, 'city/state')).press('enable-submit');
      expect(opened.path).toBe('/console/sites/city/changes?news=enabled');
      await service.app.get(Engine).refresh();
      expect((await new Browser().open(await city.loginUrl(service.origin))).has('#login-submit')).toBe(true);
    });

    it('says so when it is open already, and refuses a reason with marks of direction', async () => {
      const page = await proved(operator, 'city/state');
      const { fields } = page.form('disable-submit');
      const open = await operator.citizen.browser.post(at('city/state/enable'), fields);
      expect([open.status, open.codes]).toEqual([422, ['site.open']]);
      const marked = await (await proved(operator, 'city/state')).press('disable-submit', { reason: 'a\u200eb' });
      expect([marked.status, marked.codeAt('reason')]).toEqual([422, 'site-change.reason']);
      expect((await opens(operator, 'city/state')).has('#disable-submit')).toBe(true);
    });

    it('is not for its developers', async () => {
      const page = await opens(developer, 'city/state');
      expect([page.status, page.codes]).toEqual([404, ['page.not-found']]);
      const { fields } = (await proved(developer, 'city/secret')).form('secret-submit');
      for (const deed of ['disable', 'enable']) {
        const { _csrf } = fields;
        const forced = await developer.citizen.browser.post(at(`city/state/${deed}`), { _csrf: _csrf as string });
        expect([forced.status, forced.codes]).toEqual([404, ['page.not-found']]);
      }
    });
  });

  it('what was typed into the form outlasts the proof that is asked for in between', async () => {
    const form = await proved(developer, 'city/edit');
    service.clock.advance(20 * 60);
    const asked = await form.press('edit-submit', { clientName: '写了很久的名字' });
    expect(asked.url.pathname).toBe('/account/proof');
    const back = await asked.press('proof-submit', { password: developer.citizen.password });
    expect([back.path, back.value('clientName')]).toEqual(['/console/sites/city/edit', '写了很久的名字']);
    expect((await back.press('edit-submit')).path).toBe('/console/sites/city/changes?news=saved');
    expect((await proved(developer, 'city/edit')).value('clientName')).toBe('写了很久的名字');
  });

  it.each([
    ['https://evil.example/console/sites/city/secret'],
    ['//evil.example/console/sites/city/secret'],
    ['/console/sites/city/../../../logout'],
    ['/console/sites/city/secret?x=1'],
    ['/account/logout'],
    ['javascript:alert(1)'],
  ])('the proof page goes on to a page of a site, and not to %s', async (to) => {
    const address = `${service.origin}/account/proof?${new URLSearchParams({ act: 'site-secret', to })}`;
    const page = await developer.citizen.browser.open(address);
    expect(page.value('to')).toBe('/console');
    const { action, fields } = page.form('proof-submit');
    const answer = await developer.citizen.browser.request(
      'POST',
      action,
      new URLSearchParams({ ...fields, to, password: developer.citizen.password }).toString(),
      { origin: service.origin },
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/console']);
  });
});
