import { Browser } from '../../test/support/browser.js';
import { FakeProvider } from '../../test/support/fake-provider.js';
import { PortalSite, level, notice } from '../../test/support/portal-site.js';

let provider: FakeProvider;
let site: PortalSite;

beforeAll(async () => {
  provider = await FakeProvider.start();
});
afterAll(async () => provider.close());
beforeEach(async () => {
  provider.next = {};
  site = await PortalSite.start(provider.issuer);
});
afterEach(async () => site.close());

describe('logging in at a demonstration site', () => {
  it('R-1.2 comes back as who the provider says, at the level in words', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    const home = await (await site.open(browser, '/')).follow('log-in');
    expect(home.path).toBe('/');
    expect(level(home)).toBe('1');
    expect(home.text).toContain('张*');
    expect(home.text).toContain('已实名认证');
    expect(home.all('#other-site')[0]?.getAttribute('href')).toBe('http://localhost:1/login');
    expect(browser.cookies(site.origin).map(({ name }) => name)).toEqual([`${PortalSite.clientId}-session`]);
    expect(provider.requests.at(-1)).toMatchObject({
      scope: 'openid profile',
      code_challenge_method: 'S256',
      ui_locales: 'zh-CN',
    });
  });

  it('passes on what was asked for: person or legal entity, log in or register; nothing else', async () => {
    await site.open(new Browser('en'), `/login?prompt=create&kind=entity`);
    expect(provider.requests.at(-1)).toMatchObject({ prompt: 'create', kind: 'entity', ui_locales: 'en' });
    await site.open(new Browser(), `/login?prompt=none&kind=robot&scope=offline_access`);
    const asked = provider.requests.at(-1);
    expect(asked).not.toHaveProperty('prompt');
    expect(asked).not.toHaveProperty('kind');
    expect(asked).toMatchObject({ scope: 'openid profile' });
  });

  it('a login begun elsewhere leads to a page of this site only, and by our provider only', async () => {
    const here = await new Browser().open(
      `${site.origin}/login?target_link_uri=${encodeURIComponent(`${site.origin}/apply`)}`,
    );
    expect(here.url.pathname).toBe('/apply');
    const there = await site.open(new Browser(), `/login?target_link_uri=https://evil.example/`);
    expect(there.url.href).toBe(`${site.origin}/`);
    expect((await site.open(new Browser(), `/login?iss=https://evil.example`)).status).toBe(400);
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
    const page = await site.open(browser, '/login');
    expect(notice(page)).toBe('loginFailed');
    expect(await site.isLoggedIn(browser)).toBe(false);
  });

  it('an answer to another browser, or with another state, logs nobody in', async () => {
    const victim = new Browser();
    const attacker = new Browser();
    const begun = await attacker.request('GET', `${site.origin}/login`);
    const answered = await attacker.request('GET', begun.headers.get('location') as string);
    const callback = answered.headers.get('location') as string;
    expect(notice(await victim.open(callback))).toBe('loginFailed');
    expect(await site.isLoggedIn(victim)).toBe(false);

    const altered = new URL(callback);
    altered.searchParams.set('state', `${altered.searchParams.get('state')?.slice(0, 20)}x`);
    expect(notice(await attacker.open(altered.href))).toBe('loginFailed');
    expect(await site.isLoggedIn(attacker)).toBe(false);
  });

  it('two tabs on their way at once both arrive', async () => {
    const browser = new Browser();
    const first = await browser.request('GET', `${site.origin}/login`);
    const second = await browser.request('GET', `${site.origin}/login?target_link_uri=/apply`);
    expect((await browser.open(second.headers.get('location') as string)).url.pathname).toBe('/apply');
    const page = await browser.open(first.headers.get('location') as string);
    expect(page.path).toBe('/');
    expect(page.has('#log-out')).toBe(true);
  });

  it('abandoned tabs leave no more than five cookies', async () => {
    const browser = new Browser();
    for (let tab = 0; tab < 9; tab += 1) await browser.request('GET', `${site.origin}/login`);
    expect(browser.cookies(site.origin)).toHaveLength(5);
  });

  it('the back button to a used answer changes nothing', async () => {
    const browser = new Browser();
    const begun = await browser.request('GET', `${site.origin}/login`);
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
    const page = await site.open(new Browser(), `/login`);
    expect(notice(page)).toBe(name);
    expect(page.status).toBe(200);
    expect(page.text.includes('invalid_scope')).toBe(error === 'invalid_scope');
  });

  it('a sentence cannot be put into our mouth by a link', async () => {
    const page = await site.open(new Browser(), `/?notice=providerRefused&code=<b>call+me</b>`);
    expect(page.html).not.toContain('call me');
    expect((await site.open(new Browser(), `/?notice=constructor`)).has('#notice')).toBe(false);
  });

  it('says so while the provider is away, and works as soon as it is there', async () => {
    await site.close();
    const late = await FakeProvider.start();
    await late.close();
    site = await PortalSite.start(late.issuer);
    const page = await site.open(new Browser(), `/login?kind=entity`);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('5');
    expect(page.all('#onward')[0]?.getAttribute('href')).toBe('/login?kind=entity');
    expect((await site.open(new Browser(), `/`)).status).toBe(200);

    const back = await FakeProvider.start(Number(new URL(late.issuer).port));
    const arrived = await page.follow('onward');
    await back.close();
    expect(arrived.has('#log-out')).toBe(true);
  });

  it('says so when the provider goes away before the code is redeemed', async () => {
    await site.close();
    const shaky = await FakeProvider.start();
    site = await PortalSite.start(shaky.issuer);
    const browser = new Browser();
    const begun = await browser.request('GET', `${site.origin}/login`);
    const answered = await browser.request('GET', begun.headers.get('location') as string);
    await shaky.close();
    const page = await browser.open(answered.headers.get('location') as string);
    expect(notice(page)).toBe('away');
  });
});

describe('every page of a demonstration site', () => {
  it('has one address, in both languages, and headers that keep scripts of others out', async () => {
    const { port } = new URL(site.origin);
    const elsewhere = await new Browser().request('GET', `http://127.0.0.1:${port}/apply`);
    expect(elsewhere.headers.get('location')).toBe(`${site.origin}/apply`);
    const page = await site.open(new Browser('en'), `/apply`);
    expect(page.title).toBe("Apply online: senior citizen's card");
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await site.open(new Browser(), `/nowhere`)).status).toBe(404);
    expect((await site.open(new Browser(), `/constructor`)).status).toBe(404);
  });

  it('an address that is none harms nobody', async () => {
    const { connect } = await import('node:net');
    const answer = await new Promise<string>((done) => {
      const socket = connect(Number(new URL(site.origin).port), 'localhost', () => {
        socket.write('GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      });
      socket.once('data', (data) => done(String(data)));
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect((await site.open(new Browser(), `/`)).status).toBe(200);
    expect(site.printed).toEqual([]);
  });
});
