import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Browser } from '../../test/support/browser.js';
import type { Page } from '../../test/support/browser.js';
import { FakeProvider } from '../../test/support/fake-provider.js';
import { loadJurisdiction } from '../config/jurisdiction.js';
import { Portal } from './portal.js';

const CLIENT = 'demo-wuhan';
const ANSWERS = {
  street: '花桥街道',
  community: '花桥社区',
  address: '花桥一村 3 栋 2 单元 501',
  since: '2015 年 6 月',
  contactName: '张小三',
  contactPhone: '13800000009',
  relation: '女儿',
  office: '江岸区政务服务中心',
};

let provider: FakeProvider;
let server: Server;
let origin: string;
let said: string[];
const log = console.error;

beforeAll(async () => {
  provider = await FakeProvider.start();
});
afterAll(async () => provider.close());

/** A site of its own for each test: nothing is remembered from one to the next. */
async function openSite(issuer: string): Promise<void> {
  server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, done);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://localhost:${port}`;
  const portal = new Portal({
    port,
    issuer,
    clientId: CLIENT,
    clientSecret: 'a-secret',
    site: { id: CLIENT, port, origin, name: { 'zh-CN': '武汉站', en: 'Wuhan' } },
    other: { id: 'demo-hubei', port: 1, origin: 'http://localhost:1', name: { 'zh-CN': '省站', en: 'Hubei' } },
    jurisdiction: loadJurisdiction('hubei', 'demo'),
  });
  server.on('request', (request, response) => void portal.handle(request, response));
}

async function closeSite(): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => {
    server.close(done);
  });
}

beforeEach(async () => {
  provider.next = {};
  said = [];
  console.error = (line: string) => said.push(line);
  await openSite(provider.issuer);
});
afterEach(async () => {
  console.error = log;
  await closeSite();
});

const level = (page: Page): string | undefined => page.all('#level')[0]?.getAttribute('data-level');
const notice = (page: Page): string | undefined => page.all('#notice')[0]?.getAttribute('data-notice');
const isLoggedIn = async (browser: Browser): Promise<boolean> => (await browser.open(`${origin}/`)).has('#log-out');

describe('logging in', () => {
  it('R-1.2 comes back as who the provider says, at the level in words', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    const home = await (await browser.open(`${origin}/`)).follow('log-in');
    expect(home.path).toBe('/');
    expect(level(home)).toBe('1');
    expect(home.text).toContain('张*');
    expect(home.text).toContain('已实名认证');
    expect(home.all('#other-site')[0]?.getAttribute('href')).toBe('http://localhost:1/login');
    expect(browser.cookies(origin).map(({ name }) => name)).toEqual([`${CLIENT}-session`]);
    expect(provider.requests.at(-1)).toMatchObject({
      scope: 'openid profile',
      code_challenge_method: 'S256',
      ui_locales: 'zh-CN',
    });
  });

  it('passes on what was asked for: person or legal entity, log in or register; nothing else', async () => {
    await new Browser('en').open(`${origin}/login?prompt=create&kind=entity`);
    expect(provider.requests.at(-1)).toMatchObject({ prompt: 'create', kind: 'entity', ui_locales: 'en' });
    await new Browser().open(`${origin}/login?prompt=none&kind=robot&scope=offline_access`);
    const asked = provider.requests.at(-1);
    expect(asked).not.toHaveProperty('prompt');
    expect(asked).not.toHaveProperty('kind');
    expect(asked).toMatchObject({ scope: 'openid profile' });
  });

  it('a login begun elsewhere leads to a page of this site only, and by our provider only', async () => {
    const here = await new Browser().open(`${origin}/login?target_link_uri=${encodeURIComponent(`${origin}/apply`)}`);
    expect(here.url.pathname).toBe('/apply');
    const there = await new Browser().open(`${origin}/login?target_link_uri=https://evil.example/`);
    expect(there.url.href).toBe(`${origin}/`);
    expect((await new Browser().open(`${origin}/login?iss=https://evil.example`)).status).toBe(400);
  });

  it.each([
    ['nonce', { idToken: { nonce: 'another' } }],
    ['issuer', { idToken: { iss: 'https://evil.example' } }],
    ['audience', { idToken: { aud: 'demo-hubei' } }],
    ['expiry', { idToken: { exp: 1 } }],
    ['signature', { forged: true }],
    ['iss parameter', { iss: 'https://evil.example' }],
  ])('an answer with a wrong %s logs nobody in', async (_what, wrong) => {
    provider.next = wrong;
    const browser = new Browser();
    const page = await browser.open(`${origin}/login`);
    expect(notice(page)).toBe('loginFailed');
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('an answer to another browser, or with another state, logs nobody in', async () => {
    const victim = new Browser();
    const attacker = new Browser();
    const begun = await attacker.request('GET', `${origin}/login`);
    const answered = await attacker.request('GET', begun.headers.get('location') as string);
    const callback = answered.headers.get('location') as string;
    expect(notice(await victim.open(callback))).toBe('loginFailed');
    expect(await isLoggedIn(victim)).toBe(false);

    const altered = new URL(callback);
    altered.searchParams.set('state', `${altered.searchParams.get('state')?.slice(0, 20)}x`);
    expect(notice(await attacker.open(altered.href))).toBe('loginFailed');
    expect(await isLoggedIn(attacker)).toBe(false);
  });

  it('two tabs on their way at once both arrive', async () => {
    const browser = new Browser();
    const first = await browser.request('GET', `${origin}/login`);
    const second = await browser.request('GET', `${origin}/login?target_link_uri=/apply`);
    expect((await browser.open(second.headers.get('location') as string)).url.pathname).toBe('/apply');
    const page = await browser.open(first.headers.get('location') as string);
    expect(page.path).toBe('/');
    expect(page.has('#log-out')).toBe(true);
  });

  it('abandoned tabs leave no more than five cookies', async () => {
    const browser = new Browser();
    for (let tab = 0; tab < 9; tab += 1) await browser.request('GET', `${origin}/login`);
    expect(browser.cookies(origin)).toHaveLength(5);
  });

  it('the back button to a used answer changes nothing', async () => {
    const browser = new Browser();
    const begun = await browser.request('GET', `${origin}/login`);
    const answered = await browser.request('GET', begun.headers.get('location') as string);
    const callback = answered.headers.get('location') as string;
    await browser.open(callback);
    const again = await browser.open(callback);
    expect(again.path).toBe('/');
    expect(again.has('#log-out')).toBe(true);
  });

  it.each([
    ['access_denied', 'loginDeclined'],
    ['temporarily_unavailable', 'away'],
    ['invalid_scope', 'providerRefused'],
  ])('%s is a sentence', async (error, name) => {
    provider.next = { error };
    const page = await new Browser().open(`${origin}/login`);
    expect(notice(page)).toBe(name);
    expect(page.status).toBe(200);
    expect(page.text.includes('invalid_scope')).toBe(error === 'invalid_scope');
  });

  it('a sentence cannot be put into our mouth by a link', async () => {
    const page = await new Browser().open(`${origin}/?notice=providerRefused&code=<b>call+me</b>`);
    expect(page.html).not.toContain('call me');
    expect((await new Browser().open(`${origin}/?notice=constructor`)).has('#notice')).toBe(false);
  });

  it('says so while the provider is away, and works as soon as it is there', async () => {
    await closeSite();
    const late = await FakeProvider.start();
    await late.close();
    await openSite(late.issuer);
    const page = await new Browser().open(`${origin}/login?kind=entity`);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('5');
    expect(page.all('#onward')[0]?.getAttribute('href')).toBe('/login?kind=entity');
    expect((await new Browser().open(`${origin}/`)).status).toBe(200);

    const back = await FakeProvider.start(Number(new URL(late.issuer).port));
    const arrived = await page.follow('onward');
    await back.close();
    expect(arrived.has('#log-out')).toBe(true);
  });

  it('says so when the provider goes away before the code is redeemed', async () => {
    await closeSite();
    const shaky = await FakeProvider.start();
    await openSite(shaky.issuer);
    const browser = new Browser();
    const begun = await browser.request('GET', `${origin}/login`);
    const answered = await browser.request('GET', begun.headers.get('location') as string);
    await shaky.close();
    const page = await browser.open(answered.headers.get('location') as string);
    expect(notice(page)).toBe('away');
  });
});

describe('logging out', () => {
  it('R-1.3 ends the session here, and at the provider with the ID token as a hint', async () => {
    const browser = new Browser();
    await browser.open(`${origin}/login`);
    const answer = await browser.request('GET', `${origin}/logout`);
    const target = new URL(answer.headers.get('location') as string);
    expect(target.searchParams.get('id_token_hint')).toMatch(/^ey/);
    expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/signed-out`);
    const page = await browser.open(target.href);
    expect(notice(page)).toBe('signedOut');
    expect(await isLoggedIn(browser)).toBe(false);
  });

  const tell = async (token: string): Promise<number> =>
    (await new Browser().request('POST', `${origin}/backchannel-logout`, `logout_token=${token}`)).status;

  it('R-1.3 the back channel ends the session that it names, by sid or by sub, and no other', async () => {
    const [one, two, three] = [new Browser(), new Browser(), new Browser()];
    provider.next = { sid: 'one' };
    await one.open(`${origin}/login`);
    provider.next = { sid: 'two' };
    await two.open(`${origin}/login`);
    provider.next = { sid: 'three', sub: 'another' };
    await three.open(`${origin}/login`);
    expect(await tell(await provider.logoutToken(CLIENT, { sid: 'one', sub: 'somebody' }))).toBe(200);
    expect([await isLoggedIn(one), await isLoggedIn(two), await isLoggedIn(three)]).toEqual([false, true, true]);
    expect(await tell(await provider.logoutToken(CLIENT, { sub: 'somebody' }))).toBe(200);
    expect([await isLoggedIn(two), await isLoggedIn(three)]).toEqual([false, true]);
    expect(await tell(await provider.logoutToken(CLIENT, { sid: 'three', sub: 'somebody' }))).toBe(200);
    expect(await isLoggedIn(three)).toBe(true);
  });

  it.each([
    ['signed by somebody else', {}, 'stranger'],
    ['not signed', {}, 'nobody'],
    ['of another issuer', { iss: 'https://evil.example' }, 'provider'],
    ['for another site', { aud: 'demo-hubei' }, 'provider'],
    ['that is old', { iat: 1_700_000_000, exp: 4_000_000_000 }, 'provider'],
    ['that has expired', { exp: 1_700_000_000 }, 'provider'],
    ['without iat', { iat: undefined }, 'provider'],
    ['without exp', { exp: undefined }, 'provider'],
    ['without jti', { jti: undefined }, 'provider'],
    ['without events', { events: undefined }, 'provider'],
    ['with another event', { events: { 'https://example.org/event': {} } }, 'provider'],
    ['with a nonce', { nonce: 'x' }, 'provider'],
    ['that names nobody', { sid: undefined, sub: undefined }, 'provider'],
  ] as const)('refuses a logout token %s', async (_what, more, by) => {
    const browser = new Browser();
    await browser.open(`${origin}/login`);
    expect(await tell(await provider.logoutToken(CLIENT, { sid: 'session-1', sub: 'somebody', ...more }, by))).toBe(
      400,
    );
    expect(await isLoggedIn(browser)).toBe(true);
  });

  it('refuses the same logout token the second time', async () => {
    const token = await provider.logoutToken(CLIENT, { sub: 'somebody' });
    expect(await tell(token)).toBe(200);
    const browser = new Browser();
    await browser.open(`${origin}/login`);
    expect(await tell(token)).toBe(400);
    expect(await isLoggedIn(browser)).toBe(true);
  });

  it('a logout token that overtakes the answer of its login leaves nobody logged in', async () => {
    provider.next = { sid: 'short' };
    const browser = new Browser();
    const begun = await browser.request('GET', `${origin}/login`);
    expect(await tell(await provider.logoutToken(CLIENT, { sid: 'short' }))).toBe(200);
    expect(notice(await browser.open(begun.headers.get('location') as string))).toBe('loginFailed');
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('takes a key that is new', async () => {
    expect(await tell(await provider.logoutToken(CLIENT, { sid: 'any' }))).toBe(200);
    await provider.newKey();
    const { now } = Date;
    Date.now = () => now() + 10_000;
    const status = await tell(await provider.logoutToken(CLIENT, { sid: 'any' })).finally(() => {
      Date.now = now;
    });
    expect(status).toBe(200);
  });
});

describe('applying online', () => {
  const form = async (browser: Browser): Promise<Page> => browser.open(`${origin}/apply`);
  const fill = async (browser: Browser, answers: Record<string, string> = ANSWERS): Promise<Page> =>
    (await form(browser)).press('apply-submit', answers);

  it('R-1.5 asks for level 1 as a must and for the facts only here, and gives a number in the end', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    const back = await fill(browser);
    expect(JSON.parse(provider.requests.at(-1)?.['claims'] ?? '')).toEqual({
      id_token: { acr: { essential: true, values: ['urn:tongxing:level:1'] } },
    });
    expect(provider.requests.at(-1)).toMatchObject({ scope: 'openid profile real_name phone' });
    expect(notice(back)).toBe('ready');
    expect(back.value('street')).toBe('花桥街道');
    expect(back.text).toContain('4****************9');
    expect(back.text).toContain('138****0000');
    expect(back.html).not.toContain('420106199003071019');
    const receipt = await back.press('apply-submit');
    expect(receipt.all('#receipt')[0]?.text).toMatch(/^\d{8}-\d{6}$/);
    expect((await form(browser)).value('street')).toBe('');
  });

  it('the same form sent twice is one application, and its receipt nobody else’s', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    const back = await fill(browser);
    const receipt = await back.press('apply-submit');
    const again = await back.press('apply-submit');
    expect(again.all('#receipt')[0]?.text).toBe(receipt.all('#receipt')[0]?.text);
    expect((await new Browser().open(receipt.url.href)).url.pathname).toBe('/apply');
  });

  it.each([
    ['access_denied', 'declined'],
    ['unmet_authentication_requirements', 'unreachable'],
    ['server_error', 'away'],
  ])('R-1.5 after %s the person is back at the form, with everything in it', async (error, name) => {
    provider.next = { error };
    const browser = new Browser();
    const back = await fill(browser);
    expect(back.url.pathname).toBe('/apply');
    expect(notice(back)).toBe(name);
    expect(back.value('address')).toBe(ANSWERS.address);
    provider.next = { level: 1 };
    expect((await (await back.press('apply-submit')).press('apply-submit')).has('#receipt')).toBe(true);
  });

  it('what is missing is told at each field, and nobody is sent away for it', async () => {
    const before = provider.requests.length;
    const page = await fill(new Browser(), { ...ANSWERS, street: ' ', office: '', note: '很'.repeat(300) });
    expect(page.status).toBe(422);
    expect([page.codeAt('street'), page.codeAt('office'), page.codeAt('note')]).toEqual([
      'field.missing',
      'field.missing',
      'form.too-long',
    ]);
    expect(page.text).toContain('请填写“街道（乡镇）”。');
    expect(page.codeAt('needs')).toBeUndefined();
    expect(page.value('community')).toBe(ANSWERS.community);
    expect(provider.requests).toHaveLength(before);
  });

  it('the draft survives a session that has ended meanwhile', async () => {
    provider.next = { level: 1, sid: 'ending' };
    const browser = new Browser();
    const open = await (await form(browser)).press('apply-fill');
    expect(open.text).toContain('张*');
    const token = await provider.logoutToken(CLIENT, { sid: 'ending' });
    await browser.request('POST', `${origin}/backchannel-logout`, `logout_token=${token}`);
    provider.next = { level: 1, sid: 'newer' };
    const back = await open.press('apply-submit', ANSWERS);
    expect(notice(back)).toBe('ready');
    expect(back.value('contactName')).toBe(ANSWERS.contactName);
  });

  it('a draft saved while logged in is not shown once the session has ended, until its owner is back', async () => {
    provider.next = { level: 1, sid: 'mine' };
    const browser = new Browser();
    const open = await (await form(browser)).press('apply-fill');
    await open.press('apply-save', ANSWERS);
    await browser.open(`${origin}/logout`);
    const later = await form(browser);
    expect(notice(later)).toBe('sessionEnded');
    expect(later.html).not.toContain(ANSWERS.address);
    provider.next = { level: 1, sid: 'mine again' };
    expect((await later.follow('log-in')).value('address')).toBe(ANSWERS.address);
  });

  it('another person on the same browser sees nothing of it', async () => {
    provider.next = { level: 1, sub: 'first' };
    const browser = new Browser();
    await (await fill(browser)).press('apply-save', ANSWERS);
    await browser.open(`${origin}/logout`);
    provider.next = { level: 1, sub: 'second' };
    await browser.open(`${origin}/login`);
    const page = await form(browser);
    expect(page.html).not.toContain(ANSWERS.address);
    expect(page.value('street')).toBe('');
  });

  it('a form that another person still has open in a tab is kept for them, and not filed', async () => {
    provider.next = { level: 1, sub: 'first' };
    const browser = new Browser();
    const tab = await (await form(browser)).press('apply-fill');
    provider.next = { level: 1, sub: 'second' };
    await browser.open(`${origin}/login`);
    await form(browser);
    const page = await tab.press('apply-submit', ANSWERS);
    expect(notice(page)).toBe('otherPerson');
    expect(page.html).not.toContain(ANSWERS.address);
    provider.next = { level: 1, sub: 'first' };
    await browser.open(`${origin}/login`);
    expect((await form(browser)).value('address')).toBe(ANSWERS.address);
  });

  it('an empty form sent before logging in again costs no draft', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    await (await fill(browser)).press('apply-save', ANSWERS);
    await browser.open(`${origin}/logout`);
    const back = await (await form(browser)).press('apply-fill', { note: '后加的' });
    expect(back.value('address')).toBe(ANSWERS.address);
    expect(back.value('note')).toBe('后加的');
  });

  it('a legal entity is told who can apply', async () => {
    provider.next = { level: 1, kind: 'entity' };
    const back = await fill(new Browser());
    expect(notice(back)).toBe('personsOnly');
    expect(notice(await back.press('apply-submit'))).toBe('personsOnly');
  });

  it('a form from elsewhere, or without its cookie, is shown again and not taken', async () => {
    const browser = new Browser();
    const page = await form(browser);
    browser.forgetCookies(origin);
    const again = await page.press('apply-submit', ANSWERS);
    expect(again.status).toBe(403);
    expect(notice(again)).toBe('expired');
    expect(again.value('address')).toBe(ANSWERS.address);
  });

  it('what is no form is refused', async () => {
    const send = async (body: string, type: string) =>
      (await fetch(`${origin}/apply`, { method: 'POST', body, headers: { 'content-type': type } })).status;
    expect(await send('{}', 'application/json')).toBe(415);
    expect(await send(`a=${'x'.repeat(70_000)}`, 'application/x-www-form-urlencoded')).toBe(413);
  });
});

describe('every page', () => {
  it('has one address, in both languages, and headers that keep scripts of others out', async () => {
    const { port } = new URL(origin);
    const elsewhere = await new Browser().request('GET', `http://127.0.0.1:${port}/apply`);
    expect(elsewhere.headers.get('location')).toBe(`${origin}/apply`);
    const page = await new Browser('en').open(`${origin}/apply`);
    expect(page.title).toBe("Apply online: senior citizen's card");
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await new Browser().open(`${origin}/nowhere`)).status).toBe(404);
    expect((await new Browser().open(`${origin}/constructor`)).status).toBe(404);
  });

  it('an address that is none harms nobody', async () => {
    const { connect } = await import('node:net');
    const answer = await new Promise<string>((done) => {
      const socket = connect(Number(new URL(origin).port), 'localhost', () => {
        socket.write('GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      });
      socket.once('data', (data) => done(String(data)));
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect((await new Browser().open(`${origin}/`)).status).toBe(200);
    expect(said).toEqual([]);
  });
});
