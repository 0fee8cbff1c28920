import { Browser } from '../../test/support/browser.js';
import { FakeProvider } from '../../test/support/fake-provider.js';
import { PortalSite, notice } from '../../test/support/portal-site.js';

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

describe('logging out of a demonstration site', () => {
  it('R-1.3 ends the session here, and at the provider with the ID token as a hint', async () => {
    const browser = new Browser();
    await site.open(browser, '/login');
    const answer = await browser.request('GET', `${site.origin}/logout`);
    const target = new URL(answer.headers.get('location') as string);
    expect(target.searchParams.get('id_token_hint')).toMatch(/^ey/);
    expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/signed-out`);
    const page = await browser.open(target.href);
    expect(notice(page)).toBe('signedOut');
    expect(await site.isLoggedIn(browser)).toBe(false);
  });

  it('R-1.3 the back channel ends the session that it names, by sid or by sub, and no other', async () => {
    const [one, two, three] = [new Browser(), new Browser(), new Browser()];
    provider.next = { sid: 'one' };
    await site.open(one, '/login');
    provider.next = { sid: 'two' };
    await site.open(two, '/login');
    provider.next = { sid: 'three', sub: 'another' };
    await site.open(three, '/login');
    expect(await site.tell(await provider.logoutToken(PortalSite.clientId, { sid: 'one', sub: 'somebody' }))).toBe(200);
    expect([await site.isLoggedIn(one), await site.isLoggedIn(two), await site.isLoggedIn(three)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(await site.tell(await provider.logoutToken(PortalSite.clientId, { sub: 'somebody' }))).toBe(200);
    expect([await site.isLoggedIn(two), await site.isLoggedIn(three)]).toEqual([false, true]);
    expect(await site.tell(await provider.logoutToken(PortalSite.clientId, { sid: 'three', sub: 'somebody' }))).toBe(
      200,
    );
    expect(await site.isLoggedIn(three)).toBe(true);
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
    await site.open(browser, '/login');
    expect(
      await site.tell(
        await provider.logoutToken(PortalSite.clientId, { sid: 'session-1', sub: 'somebody', ...more }, by),
      ),
    ).toBe(400);
    expect(await site.isLoggedIn(browser)).toBe(true);
  });

  it('refuses the same logout token the second time', async () => {
    const token = await provider.logoutToken(PortalSite.clientId, { sub: 'somebody' });
    expect(await site.tell(token)).toBe(200);
    const browser = new Browser();
    await site.open(browser, '/login');
    expect(await site.tell(token)).toBe(400);
    expect(await site.isLoggedIn(browser)).toBe(true);
  });

  it('a logout token that overtakes the answer of its login leaves nobody logged in', async () => {
    provider.next = { sid: 'short' };
    const browser = new Browser();
    const begun = await browser.request('GET', `${site.origin}/login`);
    expect(await site.tell(await provider.logoutToken(PortalSite.clientId, { sid: 'short' }))).toBe(200);
    expect(notice(await browser.open(begun.headers.get('location') as string))).toBe('loginFailed');
    expect(await site.isLoggedIn(browser)).toBe(false);
  });

  it('takes a key that is new', async () => {
    expect(await site.tell(await provider.logoutToken(PortalSite.clientId, { sid: 'any' }))).toBe(200);
    await provider.newKey();
    const { now } = Date;
    Date.now = () => now() + 10_000;
    const status = await site.tell(await provider.logoutToken(PortalSite.clientId, { sid: 'any' })).finally(() => {
      Date.now = now;
    });
    expect(status).toBe(200);
  });
});
