import { Engine } from '../../src/oidc/engine.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { GovernmentApp, numberOn, ticketOn } from '../support/government-app.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const HOME = '203.0.113.7';
const AWAY = '198.51.100.20';

describe.each(PROVINCES)('login by a code that the government app scans (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let app: GovernmentApp;
  let owner: Citizen;
  let token: string;

  beforeAll(async () => {
    [site, app] = await Promise.all([TestSite.start('site', '测试站点'), GovernmentApp.start(() => service)]);
    const entries = [site.metadata({ scope: 'openid profile phone real_name' }), app.metadata()];
    service = await startService(province, { SITES_FILE: sitesFile(entries), TRUST_PROXY: '127.0.0.0/8,::1/128' });
    owner = at(new Citizen(service), HOME);
    await owner.hasAccount(await site.loginUrl(service.origin));
    token = await app.logsIn(owner);
  });

  afterAll(async () => {
    await service.close();
    await Promise.all([site.close(), app.site.close()]);
  });

  const at = (citizen: Citizen, address: string): Citizen => {
    citizen.browser.sends = { 'x-forwarded-for': address };
    return citizen;
  };
  /** A browser that nobody is logged in to, at its page for this method. */
  const waits = async (citizen = at(new Citizen(service), HOME), more = ''): Promise<Page> => {
    const login = await citizen.browser.open(await site.loginUrl(service.origin));
    return citizen.browser.open(`${login.url.href}?method=qr${more}`);
  };
  const again = async (citizen: Citizen, page: Page): Promise<Page> => citizen.browser.open(page.url.href);

  if (province === 'hubei') {
    it('R-4.4 is not offered here: the method is an unknown one, its other addresses are no pages', async () => {
      const citizen = new Citizen(service);
      const page = await waits(citizen);
      const unknown = await citizen.browser.open(page.url.href.replace('method=qr', 'method=nothing'));
      expect([page.has('#identifier'), page.has('#qr-link'), page.status]).toEqual([true, false, 200]);
      expect(page.text).toBe(unknown.text);
      const state = await citizen.browser.open(page.url.href.replace('?method=qr', '/qr/state'));
      const { _csrf = '' } = page.form('login-submit').fields;
      const posted = await citizen.browser.post(page.url.href.replace('?method=qr', '/qr'), { _csrf });
      const renewed = await citizen.browser.post(page.url.href.replace('?method=qr', '/qr/new'), { _csrf });
      expect([state.status, posted.status, renewed.status]).toEqual([404, 404, 404]);
    });

    it('the app logs in here too, and no ticket is known', async () => {
      const answer = await app.scan(token, 'AAAAAAAAAAAAAAAAAAAAAA');
      expect([answer.status, answer.body.code]).toEqual([404, 'ticket.unknown']);
    });
    return;
  }

  it('R-4.4 scanned, the number picked, confirmed: the browser is logged in, as ordinary as any', async () => {
    const citizen = at(new Citizen(service), HOME);
    citizen.browser.sends['user-agent'] = 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0';
    const page = await waits(citizen);
    const ticket = ticketOn(page);
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(16);
    expect(page.all('#qr-link')[0]?.getAttribute('href')).toBe(`${app.site.origin}/t/${ticket}`);
    expect(page.text).toContain('请用“测试手机应用”扫描二维码');
    expect(page.text).toContain('登录测试站点');
    expect(page.has('svg[role="img"] path')).toBe(true);

    const scanned = await app.scan(token, ticket);
    expect(scanned.status).toBe(200);
    expect(Object.keys(scanned.body).toSorted()).toEqual(['at', 'browser', 'numbers', 'place', 'site']);
    expect(scanned.body).toMatchObject({ site: '测试站点', browser: 'Chrome · Windows', place: '203.0.113.*' });
    expect(Math.abs(Date.parse(scanned.body['at'] as string) - service.clock.ms())).toBeLessThan(MINUTE * 1000);
    const numbers = scanned.body.numbers as number[];
    expect(new Set(numbers).size).toBe(3);
    expect(numbers.every((one) => Number.isInteger(one) && one >= 10 && one <= 99)).toBe(true);

    const numbered = await again(citizen, page);
    expect(numbers).toContain(numberOn(numbered));
    expect(numbered.has('#qr-link')).toBe(false);
    expect((await app.confirm(token, ticket, numberOn(numbered))).body).toEqual({ state: 'confirmed' });
    expect((await numbered.press('qr-check')).title).toBe('logged in');
    expect(site.lastLogin.claims.amr).toEqual(['user', 'mca']);
    expect(site.lastLogin.claims.sub).toBe(app.site.lastLogin.claims.sub);

    const sessions = await citizen.browser.open(`${service.origin}/account/sessions`);
    expect(sessions.text).toContain('Chrome · Windows');
    expect((await citizen.browser.open(`${service.origin}/account/activity`)).text).toContain('测试站点');
  });

  it('is no proof for an act that changes a way in: a password login is, for five minutes', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    await app.scan(token, ticketOn(page));
    await app.confirm(token, ticketOn(page), numberOn(await again(citizen, page)));
    await again(citizen, page);
    expect((await citizen.browser.open(`${service.origin}/account/phone`)).has('#proof-submit')).toBe(true);
    const other = Object.assign(at(new Citizen(service), HOME), { phone: owner.phone });
    await other.logsIn(await other.browser.open(await site.loginUrl(service.origin)));
    expect((await other.browser.open(`${service.origin}/account/phone`)).has('#proof-submit')).toBe(false);
  });

  it('R-10.1 without script the page comes again by itself, shows the time left and goes on once it is confirmed', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    const refresh = /<noscript><meta http-equiv="refresh" content="(\d+);url=([^"]+)"/.exec(page.html);
    expect(refresh?.[1]).toBe('15');
    const href = new URL(refresh?.[2] as string, page.url).href;
    expect(href).toBe(page.url.href);
    service.clock.advance(30);
    const later = await citizen.browser.open(href);
    expect(ticketOn(later)).toBe(ticketOn(page));
    expect(Number(later.all('#qr-left')[0]?.getAttribute('data-seconds'))).toBeLessThanOrEqual(90);
    expect(later.text).toContain('秒有效');
    await app.scan(token, ticketOn(page));
    await app.confirm(token, ticketOn(page), numberOn(await citizen.browser.open(href)));
    expect((await citizen.browser.open(href)).title).toBe('logged in');
  });

  it('with script it is told: at once what has changed already, else when it changes', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    const address = page.url.href.replace('?method=qr', '/qr/state?seen=');
    const state = async (seen: string) => (await citizen.browser.open(address + seen)).json<{ state: string }>().state;
    expect(await state('')).toBe('created');
    const waiting = state('created');
    await app.scan(token, ticketOn(page));
    expect(await waiting).toBe('scanned');
    expect(await state('created')).toBe('scanned');
    const denied = state('scanned');
    await app.deny(token, ticketOn(page));
    expect(await denied).toBe('denied');
  });

  it('pressed before the phone has confirmed: said so, and the code stays', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    const refused = await page.press('qr-check');
    expect([refused.status, refused.codes, ticketOn(refused)]).toEqual([422, ['ticket.not-confirmed'], ticketOn(page)]);
  });

  it('after two minutes the code is over; a new one is another, and a second click for one changes nothing', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    service.clock.advance(2 * MINUTE);
    const expired = await again(citizen, page);
    expect([expired.has('#qr-link'), expired.has('#qr-check'), expired.html.includes('refresh"')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(expired.text).toContain('二维码已过期');
    expect((await app.scan(token, ticketOn(page))).body.code).toBe('ticket.expired');
    const fresh = await expired.press('qr-new');
    expect(ticketOn(fresh)).not.toBe(ticketOn(page));
    expect(ticketOn(await expired.press('qr-new'))).toBe(ticketOn(fresh));
  });

  it('who scans at the last moment still has a minute to pick the number', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    service.clock.advance(2 * MINUTE - 5);
    await app.scan(token, ticketOn(page));
    service.clock.advance(30);
    const number = numberOn(await again(citizen, page));
    expect((await app.confirm(token, ticketOn(page), number)).status).toBe(200);
    expect((await again(citizen, page)).title).toBe('logged in');
  });

  it('denied on the phone: the page says so, and offers another code', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    await app.scan(token, ticketOn(page));
    expect((await app.deny(token, ticketOn(page))).body).toEqual({ state: 'denied' });
    const denied = await again(citizen, page);
    expect(denied.text).toContain('手机上没有同意登录');
    expect(ticketOn(await denied.press('qr-new'))).not.toBe(ticketOn(page));
  });

  it('a code that somebody else has scanned is given up for another one, and then nobody confirms it', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    await app.scan(token, ticketOn(page));
    const scanned = await again(citizen, page);
    const number = numberOn(scanned);
    expect(ticketOn(await scanned.press('qr-new'))).not.toBe(ticketOn(page));
    expect((await app.confirm(token, ticketOn(page), number)).body.code).toBe('ticket.over');
  });

  it('a ticket opened by its link says so on the page', async () => {
    const citizen = at(new Citizen(service), HOME);
    const page = await waits(citizen);
    expect((await app.call(token, ticketOn(page), 'scan', { by: 'link' })).status).toBe(200);
    expect((await again(citizen, page)).text).toContain('这次登录是用链接打开的');
  });

  it('a login at a new place is told by SMS', async () => {
    await owner.waits(DAY);
    const before = (await owner.messages()).length;
    const fresh = await app.logsIn(owner);
    const citizen = at(new Citizen(service), AWAY);
    const page = await waits(citizen);
    await app.scan(fresh, ticketOn(page));
    await app.confirm(fresh, ticketOn(page), numberOn(await again(citizen, page)));
    expect((await again(citizen, page)).title).toBe('logged in');
    await owner.waits(1);
    const messages = await owner.messages();
    expect(messages.length).toBeGreaterThan(before);
    expect(messages[0]?.text).toContain('新设备或新地点');
  });

  it('a legal entity has no such login', async () => {
    const page = await waits(undefined, '&kind=entity');
    expect([page.has('#qr-link'), page.has('#identifier')]).toEqual([false, true]);
  });

  it('without an app to scan with, the operator’s or the demonstration’s, the method is not offered', async () => {
    const sites = service.app.get(SiteRecords);
    await sites.disable('app', { actor: 'cli' });
    await service.app.get(Engine).refresh();
    expect((await waits()).all('#qr-link')[0]?.getAttribute('href')).toMatch(/sandbox\/app\/t\/[\w-]{22}$/);
    await sites.disable('demo-app', { actor: 'cli' });
    await service.app.get(Engine).refresh();
    const page = await waits();
    expect([page.has('#qr-link'), page.has('#identifier'), page.text.includes('扫码')]).toEqual([false, true, false]);
  });
});
