import { createHash } from 'node:crypto';
import { AppTickets } from '../../src/identity/app-tickets/app-tickets.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { GovernmentApp, numberOn, ticketOn } from '../support/government-app.js';
import type { Answered } from '../support/government-app.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const BASE64URL = /^[\w-]{22}$/;

describe('tickets of the government app, used wrongly (R-4.4)', () => {
  let service: RunningService;
  let site: TestSite;
  let app: GovernmentApp;
  /** Another app of the province: a client of its own. */
  let otherApp: GovernmentApp;

  beforeAll(async () => {
    [site, app, otherApp] = await Promise.all([
      TestSite.start('site', '测试站点'),
      GovernmentApp.start(() => service),
      GovernmentApp.start(() => service, 'other-app'),
    ]);
    const entries = [site.metadata(), app.metadata(), otherApp.metadata({ app_link: undefined })];
    service = await startService('hebei', { SITES_FILE: sitesFile(entries) });
  });

  afterAll(async () => {
    await service.close();
    await Promise.all([site.close(), app.site.close(), otherApp.site.close()]);
  });

  const told = ({ status, body }: Answered): string => `${status} ${body.code}`;
  /** Somebody with an account, and the app on their phone. */
  const person = async (): Promise<{ citizen: Citizen; token: string; accountId: string }> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const token = await app.logsIn(citizen);
    return { citizen, token, accountId: app.site.lastLogin.claims.sub };
  };
  const waits = async (browser = new Citizen(service).browser): Promise<Page> => {
    const login = await browser.open(await site.loginUrl(service.origin));
    return browser.open(`${login.url.href}?method=qr`);
  };
  /** A page whose ticket this app has scanned, with the number on it. */
  const scanned = async (token: string) => {
    const browser = new Citizen(service).browser;
    const page = await waits(browser);
    const answer = await app.scan(token, ticketOn(page));
    const shown = await browser.open(page.url.href);
    const [wrong] = (answer.body.numbers ?? []).filter((one) => one !== numberOn(shown));
    return { browser, page: shown, ticket: ticketOn(page), number: numberOn(shown), wrong, answer };
  };
  const confirmed = async (token: string) => {
    const waiting = await scanned(token);
    expect((await app.confirm(token, waiting.ticket, waiting.number)).status).toBe(200);
    return waiting;
  };

  it('unknown, expired, used: each is told, as problem+json', async () => {
    const { token } = await person();
    const unknown = await app.scan(token, 'AAAAAAAAAAAAAAAAAAAAAA');
    expect([told(unknown), unknown.type]).toEqual(['404 ticket.unknown', 'application/problem+json']);
    expect(unknown.body).toMatchObject({ type: 'about:blank', status: 404, title: expect.any(String) as string });
    const late = await waits();
    service.clock.advance(2 * MINUTE);
    expect(told(await app.scan(token, ticketOn(late)))).toBe('410 ticket.expired');
    const done = await confirmed(token);
    expect((await done.browser.open(done.page.url.href)).title).toBe('logged in');
    for (const step of ['scan', 'confirm', 'deny'])
      expect(told(await app.call(token, done.ticket, step, { number: done.number }))).toBe('409 ticket.over');
  });

  it('scanned by two: the first one has it, of any number at once', async () => {
    const [first, second] = [await person(), await person()];
    const waiting = await scanned(first.token);
    expect(told(await app.scan(second.token, waiting.ticket))).toBe('409 ticket.scanned');
    expect(told(await app.scan(first.token, waiting.ticket))).toBe('409 ticket.scanned');
    const ticket = ticketOn(await waits());
    const tokens = Array.from({ length: 20 }, (_, at) => (at % 2 ? first.token : second.token));
    const answers = await Promise.all(tokens.map(async (token) => app.scan(token, ticket)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'ticket.scanned')).toHaveLength(19);
  });

  it('confirmed or denied without a scan: refused, and the code can still be scanned', async () => {
    const { token } = await person();
    const ticket = ticketOn(await waits());
    expect(told(await app.confirm(token, ticket, 42))).toBe('409 ticket.not-scanned');
    expect(told(await app.deny(token, ticket))).toBe('409 ticket.not-scanned');
    expect((await app.scan(token, ticket)).status).toBe(200);
  });

  it('confirmed or denied by another account, or by another login of the same: refused, and it waits on', async () => {
    const [owner, stranger] = [await person(), await person()];
    const { ticket, number } = await scanned(owner.token);
    const newer = await app.logsIn(owner.citizen, { prompt: 'login' });
    for (const token of [stranger.token, newer]) {
      expect(told(await app.confirm(token, ticket, number))).toBe('403 ticket.other-app');
      expect(told(await app.deny(token, ticket))).toBe('403 ticket.other-app');
    }
  });

  it('denied, then confirmed: denied it stays; confirmed, then denied: too late', async () => {
    const { token } = await person();
    const denied = await scanned(token);
    await app.deny(token, denied.ticket);
    expect(told(await app.confirm(token, denied.ticket, denied.number))).toBe('409 ticket.over');
    expect((await denied.page.press('qr-check')).codes).toEqual(['ticket.not-confirmed']);
    const { ticket } = await confirmed(token);
    expect(told(await app.deny(token, ticket))).toBe('409 ticket.over');
  });

  it('the wrong number ends the ticket, for the right one too; what is no number ends nothing', async () => {
    const { token } = await person();
    const { browser, page, ticket, number, wrong } = await scanned(token);
    for (const nothing of [undefined, '', 7, 100, 'ab', '042', [number], 4.5, null])
      expect(told(await app.confirm(token, ticket, nothing))).toBe('422 app.number-missing');
    expect(told(await app.confirm(token, ticket, wrong))).toBe('422 ticket.wrong-number');
    expect(told(await app.confirm(token, ticket, number))).toBe('409 ticket.over');
    const ended = await browser.open(page.url.href);
    expect([ended.has('#qr-new'), ended.text.includes('手机上选的数字不对')]).toEqual([true, true]);
  });

  it('three wrong numbers within an hour close the account’s tickets for ten minutes, and nobody else’s', async () => {
    const [owner, other] = [await person(), await person()];
    const open = await scanned(owner.token);
    for (let tries = 0; tries < 3; tries += 1) {
      const { ticket, wrong } = await scanned(owner.token);
      expect(told(await app.confirm(owner.token, ticket, wrong))).toBe('422 ticket.wrong-number');
      service.clock.advance(20);
    }
    const ticket = ticketOn(await waits());
    const refused = await app.scan(owner.token, ticket);
    expect([told(refused), Number(refused.headers.get('retry-after'))]).toEqual(['429 ticket.closed', 580]);
    expect(told(await app.confirm(owner.token, open.ticket, open.number))).toBe('429 ticket.closed');
    expect((await app.scan(other.token, ticket)).status).toBe(200);
    service.clock.advance(10 * MINUTE);
    expect((await app.scan(owner.token, ticketOn(await waits()))).status).toBe(200);
    const { ticket: later, wrong } = await scanned(owner.token);
    await app.confirm(owner.token, later, wrong);
    expect(told(await app.scan(owner.token, ticketOn(await waits())))).toBe('429 ticket.closed');
  });

  it('without a token, with a wrong one, with one of a site: refused as RFC 6750 has it', async () => {
    const { citizen } = await person();
    const ticket = ticketOn(await waits());
    await citizen.browser.open(await site.loginUrl(service.origin));
    const ofSite = site.lastLogin.tokens.access_token;
    const withoutScope = await app.logsIn(citizen, { scope: 'openid' });
    const answers = await Promise.all(
      [undefined, 'nonsense', ofSite, withoutScope].map(async (one) => app.scan(one, ticket)),
    );
    expect(answers.map((one) => [told(one), one.headers.get('www-authenticate')])).toEqual([
      ['401 app.token', 'Bearer'],
      ['401 app.token', 'Bearer error="invalid_token"'],
      ['403 app.scope', 'Bearer error="insufficient_scope", scope="app"'],
      ['403 app.scope', 'Bearer error="insufficient_scope", scope="app"'],
    ]);
    const asked = await citizen.browser.open(await site.loginUrl(service.origin, { scope: 'openid app' }));
    expect([site.errors.at(-1), asked.title]).toEqual(['invalid_scope', 'error']);
  });

  it('every app of the province may confirm, but none what another one has scanned', async () => {
    const { citizen, token } = await person();
    const other = await otherApp.logsIn(citizen);
    const { ticket, number } = await scanned(token);
    expect(told(await otherApp.confirm(other, ticket, number))).toBe('403 ticket.other-app');
    expect((await otherApp.scan(other, ticketOn(await waits()))).status).toBe(200);
  });

  it('a disabled account confirms nothing, and what it has confirmed opens nothing', async () => {
    const { token, accountId } = await person();
    const { ticket, number } = await scanned(token);
    const waiting = await confirmed(token);
    await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, accountId));
    expect(told(await app.confirm(token, ticket, number))).toBe('401 app.token');
    expect((await waiting.page.press('qr-check')).codes).toEqual(['login.disabled']);
  });

  it('an app that is signed out everywhere confirms nothing, and what it has confirmed opens nothing', async () => {
    const { citizen } = await person();
    const phone = Object.assign(new Citizen(service), { phone: citizen.phone });
    const token = await app.logsIn(phone);
    const waiting = await scanned(token);
    const open = await confirmed(token);
    const sessions = await citizen.browser.open(`${service.origin}/account/sessions`);
    await sessions.press('sessions-end-others');
    expect(told(await app.confirm(token, waiting.ticket, waiting.number))).toBe('401 app.token');
    const refused = await open.browser.open(open.page.url.href);
    expect([refused.status, refused.codes]).toEqual([422, ['ticket.app-ended']]);
  });

  it('a reset of the password ends the app’s tokens', async () => {
    const { citizen, token } = await person();
    const offline = await app.logsIn(citizen, { scope: 'openid app offline_access', prompt: 'consent' });
    await citizen.waits(MINUTE + 1);
    const elsewhere = Object.assign(new Citizen(service), { phone: citizen.phone });
    const password = await elsewhere.resets(await elsewhere.browser.open(await site.loginUrl(service.origin)));
    expect((await password.press('reset-submit', { password: 'Donghu-Spring-88' })).title).toBe('logged in');
    for (const one of [token, offline])
      expect(told(await app.scan(one, ticketOn(await waits())))).toBe('401 app.token');
  });

  it('a login of the app that is 30 days old confirms nothing; a day before it still does', async () => {
    const { citizen } = await person();
    const token = await app.logsIn(citizen, { scope: 'openid app offline_access', prompt: 'consent' });
    service.clock.advance(29 * DAY);
    await confirmed(token);
    service.clock.advance(DAY);
    const { ticket, number } = await scanned(token);
    expect(told(await app.confirm(token, ticket, number))).toBe('403 app.login-old');
  });

  it('an app that was itself logged in by a scan confirms no other login', async () => {
    const { token } = await person();
    const citizen = new Citizen(service);
    const login = await citizen.browser.open(await app.site.loginUrl(service.origin, { scope: 'openid app' }));
    const page = await citizen.browser.open(`${login.url.href}?method=qr`);
    await app.scan(token, ticketOn(page));
    await app.confirm(token, ticketOn(page), numberOn(await citizen.browser.open(page.url.href)));
    expect((await citizen.browser.open(page.url.href)).title).toBe('logged in');
    const chained = app.site.lastLogin.tokens.access_token;
    const { ticket, number } = await scanned(chained);
    expect(told(await app.confirm(chained, ticket, number))).toBe('403 app.login-scanned');
  });

  it('an app logged in by SMS alone hands on no more than that', async () => {
    const { citizen } = await person();
    await citizen.waits(MINUTE + 1);
    const phone = Object.assign(new Citizen(service), { phone: citizen.phone });
    const login = await phone.browser.open(await app.site.loginUrl(service.origin, { scope: 'openid app' }));
    const form = await phone.browser.open(`${login.url.href}?method=sms`);
    const sent = await form.press('sms-send', { phone: phone.phone, ...(await phone.captcha(form)) });
    await sent.press('login-submit', { smsCode: await phone.codeFor() });
    const { browser, page } = await confirmed(app.site.lastLogin.tokens.access_token);
    await browser.open(page.url.href);
    expect(site.lastLogin.claims.amr).toEqual(['user', 'mca', 'sms']);
  });

  it('what was confirmed is used by the browser that waits for it, once, and by no other', async () => {
    const { token } = await person();
    const { browser, page } = await confirmed(token);
    const stranger = new Citizen(service).browser;
    expect((await stranger.open(page.url.href)).status).toBe(410);
    const [uid, state] = [page.url.pathname.split('/')[2], page.url.href.replace('?method=qr', '/qr/state')];
    expect((await stranger.open(state)).status).toBe(410);
    const own = await waits(stranger);
    expect((await stranger.open(own.url.href.replace(/interaction\/[\w-]+/, `interaction/${uid}`))).status).toBe(410);
    const { action, fields } = page.form('qr-check');
    const body = new URLSearchParams(fields).toString();
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => browser.request('POST', action, body, { origin: service.origin })),
    );
    const entered = answers.filter(({ headers }) => headers.get('location')?.includes('/oidc/auth/'));
    expect(entered).toHaveLength(1);
  });

  it('what was confirmed and not used in time is over', async () => {
    const { token } = await person();
    const { browser, page } = await confirmed(token);
    service.clock.advance(2 * MINUTE);
    expect((await browser.open(page.url.href)).text).toContain('二维码已过期');
  });

  it('what is no JSON, or too much of it, is refused as a problem', async () => {
    const { token } = await person();
    const address = `${service.origin}/app/tickets/${ticketOn(await waits())}/confirm`;
    const post = async (type: string, body: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const answer = await fetch(address, { method: 'POST', body, headers });
      return [answer.status, answer.headers.get('content-type')];
    };
    const problem = 'application/problem+json';
    expect(await post('application/json', '{')).toEqual([400, problem]);
    expect(await post('application/json', '"42"')).toEqual([400, problem]);
    expect(await post('application/json', `{"number":"${'4'.repeat(5000)}"}`)).toEqual([413, problem]);
    expect(await post('application/x-www-form-urlencoded', 'number=42')).toEqual([415, problem]);
  });

  it('the stores know a ticket by its hash alone', async () => {
    const ticket = ticketOn(await waits());
    expect(ticket).toMatch(BASE64URL);
    const store = service.app.get(AppTickets)['records']['store'] as unknown as { dump: () => string };
    expect(store.dump()).toContain(createHash('sha256').update(ticket).digest('base64url'));
    expect(store.dump()).not.toContain(ticket);
  });

  it('is described in OpenAPI: every call, its body, its answers and problems', async () => {
    const answer = await fetch(`${service.origin}/app/openapi.json`);
    const document = (await answer.json()) as {
      openapi: string;
      paths: Record<string, { post: { responses: object; security: object[]; requestBody?: object } }>;
      components: { schemas: Record<string, { required: string[] }> };
    };
    expect(document.openapi).toMatch(/^3\./);
    expect(Object.keys(document.paths).toSorted()).toEqual(
      ['confirm', 'deny', 'scan'].map((step) => `/app/tickets/{ticket}/${step}`),
    );
    const confirm = document.paths['/app/tickets/{ticket}/confirm']?.post;
    expect(Object.keys(confirm?.responses ?? {}).toSorted()).toEqual('200 401 403 404 409 410 422 429 503'.split(' '));
    expect([confirm?.security, confirm?.requestBody]).toEqual([[{ bearer: [] }], expect.any(Object)]);
    expect(document.components.schemas['ScannedLogin']?.required).toEqual([
      'site',
      'browser',
      'place',
      'at',
      'numbers',
    ]);
  });
});

describe('tickets by the thousand (R-4.4)', () => {
  it('one address gets so many codes an hour and no more, and one app scans so many', async () => {
    const site = await TestSite.start('site');
    let service = undefined as unknown as RunningService;
    const app = await GovernmentApp.start(() => service);
    const limits = { app: { ticketsPerAddressHour: 3, scansPerAccountHour: 2 } };
    const SITES_FILE = sitesFile([site.metadata(), app.metadata()]);
    service = await startService('hebei', { SITES_FILE }, limits);
    const waits = async (): Promise<Page> => {
      const { browser } = new Citizen(service);
      const login = await browser.open(await site.loginUrl(service.origin));
      return browser.open(`${login.url.href}?method=qr`);
    };
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const token = await app.logsIn(citizen);
    const pages = [await waits(), await waits(), await waits()];
    const refused = await waits();
    expect([refused.status, refused.codes, refused.has('#qr-link')]).toEqual([429, ['limit.wait'], false]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const scans = [];
    for (const page of pages) scans.push(await app.scan(token, ticketOn(page)));
    expect(scans.map(({ status }) => status)).toEqual([200, 200, 429]);
    await service.close();
    await Promise.all([site.close(), app.site.close()]);
  });
});
