import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_APP_ID, sandboxAlipay } from '../../src/config/sandbox-alipay.js';
import { sandboxCertificates } from '../../src/sandbox/alipay/alipay-certificates.js';
import { ALIPAY_ANSWERS } from '../../src/sandbox/alipay/alipay-users.js';
import type { AlipayMood } from '../../src/sandbox/alipay/alipay-users.js';
import { Database } from '../../src/storage/transactions.js';
import { alipayUser, atAlipay } from '../support/alipay-users.js';
import type { AlipayUser } from '../support/alipay-users.js';
import { AlipayWalk, somebody } from '../support/alipay-walk.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { freePort } from '../support/ports.js';
import { PROVINCES } from '../support/service.js';

const [zhang, wang, lin] = [somebody(), somebody(), somebody()].map((who) => alipayUser(who)) as [
  AlipayUser,
  AlipayUser,
  AlipayUser,
];
const { name, idNumber } = somebody();
/** Longer than a test may take: that the limit holds is shown where the clock can be set (`src/gateways/alipay`). */
const MOODS = ALIPAY_ANSWERS.filter((answer) => answer !== 'slow');
const moody = Object.fromEntries(MOODS.map((answer) => [answer, alipayUser({ name, idNumber, answer })])) as Record<
  AlipayMood,
  AlipayUser
>;

const EXPECTED: Partial<Record<AlipayMood, [status: number, code: string]>> = {
  down: [503, 'alipay.unavailable'],
  garbage: [502, 'alipay.untrusted'],
  unsigned: [502, 'alipay.untrusted'],
  'wrong-key': [502, 'alipay.untrusted'],
  'other-text': [502, 'alipay.untrusted'],
  wrapped: [502, 'alipay.untrusted'],
  'unknown-certificate': [502, 'alipay.untrusted'],
  clock: [503, 'alipay.clock'],
  'code-used': [410, 'alipay.code-used'],
  company: [403, 'alipay.company'],
};

/** Names and numbers that make a person of no use, or of use all the same. */
const partly: [what: string, user: AlipayUser, isVouched: boolean][] = [
  ['no name', alipayUser({ idNumber: somebody().idNumber }), false],
  ['no ID number', alipayUser({ name: somebody().name }), false],
  ['certified F', alipayUser({ ...somebody(), certified: false }), false],
  ['an ID number of fifteen digits', alipayUser({ ...somebody(), idNumber: '130102880615808' }), false],
  ['an ID number with a wrong check digit', alipayUser({ ...somebody(), idNumber: '420106199003071018' }), false],
  ['a small x and spaces', alipayUser({ name: '甄晓', idNumber: '130102 19880615 808x' }), true],
];
const child = alipayUser({ name: '甄小', idNumber: '42010620150601012X' });
const everybody = [zhang, wang, lin, child, ...Object.values(moody), ...partly.map(([, user]) => user)];

describe.each(PROVINCES)('what bad input gets on the way through Alipay (%s)', (province) => {
  let walk: AlipayWalk;
  beforeAll(async () => {
    walk = await AlipayWalk.start(province, everybody);
  });
  afterAll(async () => walk.close());

  const accounts = async (): Promise<number> => {
    const [row] = await walk.service.app.get(Database).query<{ n: number }>('select count(*)::int as n from accounts');
    return row?.n as number;
  };
  /** Goes as far as Alipay. @returns its page, and the callback's address once the person has said yes */
  const approves = async (browser: Browser, user: AlipayUser): Promise<{ page: Page; callback: string }> => {
    const page = await (await walk.loginPage(browser)).follow('login-alipay');
    const { action } = page.form('alipay-login');
    const body = new URLSearchParams({ account: user.userId, password: user.password }).toString();
    const answer = await browser.request('POST', action, body);
    return { page, callback: answer.headers.get('location') as string };
  };

  it('a stranger’s approval lands in nobody’s journey: not the stranger’s browser’s, and not the attacker’s', async () => {
    const attacker = new Browser();
    const atLogin = await walk.loginPage(attacker);
    const atAlipayPage = await atLogin.follow('login-alipay');
    const victim = new Browser();
    const refused = await atAlipay(await victim.open(atAlipayPage.url.href), zhang);
    expect([refused.status, refused.title, refused.codes]).toEqual([403, '您换了一个浏览器', ['alipay.other-browser']]);
    expect((await victim.open(`${walk.service.origin}/account`)).has('#login-submit')).toBe(true);
    const waiting = await attacker.open(
      `${new URL(atLogin.url.href).origin}${atLogin.url.pathname.replace('/login', '/alipay')}`,
    );
    expect(waiting.has('#login-submit')).toBe(true);
    // Nothing was used up: whoever began it can still say yes.
    expect((await atAlipay(atAlipayPage, wang)).has('#alipay-register-submit')).toBe(true);
  });

  it('R-4.3 on a phone that opened another browser the page says so, and where to start again', async () => {
    const { callback } = await approves(new Browser(), zhang);
    const page = await new Browser().open(callback);
    expect(page.text).toContain('短信验证码');
    const onward = page.all('#onward')[0];
    expect([onward?.getAttribute('href'), onward?.text.includes('武汉')]).toEqual([`${walk.site.origin}/`, true]);
    const english = await new Browser('en').open(page.url.origin + '/alipay/callback?refused=alipay.other-browser');
    expect([english.status, english.title]).toEqual([403, 'You have changed to another browser']);
  });

  it('state missing, altered, without end, of another browser', async () => {
    const browser = new Browser();
    const { callback } = await approves(browser, zhang);
    const to = async (change: (query: URLSearchParams) => void, by = browser) => {
      const address = new URL(callback);
      change(address.searchParams);
      const page = await by.open(address.href);
      return [page.status, ...page.codes];
    };
    const wrong = 'a'.repeat(64);
    expect(await to((query) => query.delete('state'))).toEqual([400, 'alipay.state-used']);
    expect(await to((query) => query.set('state', 'x'))).toEqual([400, 'alipay.state-used']);
    expect(await to((query) => query.set('state', 'f'.repeat(4000)))).toEqual([400, 'alipay.state-used']);
    expect(await to((query) => query.set('state', wrong))).toEqual([403, 'alipay.other-browser']);
    const forged = new Browser();
    const mark = createHash('sha256').update('other').digest('base64url');
    forged.setCookie(callback, `alipay-${mark.slice(0, 12)}`, mark, '/alipay/callback');
    expect(await to(() => undefined, forged)).toEqual([403, 'alipay.other-browser']);
    expect((await browser.open(callback)).has('#alipay-register-submit')).toBe(true);
  });

  it('state twice, and after Back', async () => {
    const browser = new Browser();
    const { page, callback } = await approves(browser, zhang);
    await browser.request('GET', callback);
    const again = await browser.open(callback);
    expect([again.status, again.codes]).toEqual([403, ['alipay.other-browser']]);
    const back = await atAlipay(page, zhang);
    expect(back.status).toBe(403);
  });

  it('one state in two requests at once goes on once', async () => {
    const browser = new Browser();
    const { callback } = await approves(browser, zhang);
    const both = await Promise.all([browser.request('GET', callback), browser.request('GET', callback)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 410]);
  });

  it('a cookie of its own: for the callback alone, not for scripts, and gone when the way is', async () => {
    const browser = new Browser();
    const start = await walk.loginPage(browser);
    const [href] = start.all('#login-alipay').map((node) => node.getAttribute('href') as string);
    const answer = await browser.request('GET', walk.service.origin + (href as string));
    const [cookie = ''] = answer.headers.getSetCookie().filter((one) => one.startsWith('alipay-'));
    const state = new URL(answer.headers.get('location') as string).searchParams.get('state') as string;
    expect(cookie).toMatch(
      /^alipay-[\w-]{12}=[\w-]{43}; Path=\/alipay\/callback; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    expect(cookie).toContain(createHash('sha256').update(state).digest('base64url'));
    expect(cookie).not.toContain(state);
    expect(state).toMatch(/^[0-9a-f]{64}$/);
  });

  it('an auth_code that Alipay never gave, was used, or is far too long', async () => {
    const browser = new Browser();
    const { callback } = await approves(browser, zhang);
    await browser.open(callback);
    const used = new URL(callback).searchParams.get('auth_code') as string;
    for (const [code, status] of [
      [used, 410],
      ['made-up', 410],
      ['x'.repeat(300), 410],
    ] as const) {
      const another = new Browser();
      const address = new URL((await approves(another, zhang)).callback);
      address.searchParams.set('auth_code', code);
      const page = await another.open(address.href);
      expect([code.length, page.status]).toEqual([code.length, status]);
      expect(['alipay.code-used', 'alipay.state-used']).toContain(page.codes[0]);
    }
  });

  it('a person who says no is told so, and the journey is as it was', async () => {
    const browser = new Browser();
    const page = await (await walk.loginPage(browser)).follow('login-alipay');
    const denied = await page.press('alipay-deny');
    expect([denied.status, denied.codes]).toEqual([403, ['alipay.denied']]);
    const login = await denied.follow('onward');
    expect(login.has('#login-submit')).toBe(true);
    expect((await atAlipay(await denied.follow('login-alipay'), zhang)).has('#alipay-register-submit')).toBe(true);
  });

  it.each(MOODS)('Alipay that answers %s: a page of its own, the journey alive, no account', async (mood) => {
    const before = await accounts();
    const page = await walk.comesBy(moody[mood]);
    expect([page.status, ...page.codes]).toEqual(EXPECTED[mood]);
    expect(page.html).not.toContain('李四');
    expect((await page.follow('onward')).has('#login-submit')).toBe(true);
    expect(await accounts()).toBe(before);
  });

  it.each(partly)('%s', async (_what, user, isVouched) => {
    const page = await walk.comesBy(user);
    expect(page.has('#alipay-register-submit')).toBe(true);
    expect(page.has('#phone')).toBe(!isVouched);
  });

  it('a child of under fourteen is told where to go, and has no account', async () => {
    const before = await accounts();
    const page = await walk.comesBy(child);
    expect([page.status, page.codes]).toEqual([422, ['verification.under-fourteen']]);
    expect(await accounts()).toBe(before);
  });

  it('the pages after Alipay without Alipay lead back to the login, and a form there does nothing', async () => {
    const browser = new Browser();
    const login = await walk.loginPage(browser);
    const base = `${walk.service.origin}${login.url.pathname.replace(/\/login$/, '/alipay')}`;
    expect((await browser.open(base)).has('#login-submit')).toBe(true);
    for (const page of ['register', 'link']) {
      const refused = await browser.open(`${base}/${page}`);
      expect([refused.status, refused.codes]).toEqual([410, ['alipay.gone']]);
      const { fields } = login.form('login-submit');
      const { _csrf } = fields as { _csrf: string };
      const post = await browser.post(`${base}/${page}`, { _csrf, agreement: 'yes' });
      expect([post.status, post.codes]).toEqual([410, ['alipay.gone']]);
    }
    expect((await browser.open(`${base}/raise`)).has('#login-submit')).toBe(true);
  });

  it('a callback after the journey has lapsed, or when there never was one', async () => {
    const browser = new Browser();
    const { callback } = await approves(browser, zhang);
    walk.service.clock.advance(21 * 60);
    const late = await browser.open(callback);
    expect([late.status, late.codes]).toEqual([410, ['alipay.state-used']]);

    const other = new Browser();
    const began = await approves(other, zhang);
    const kept = new Browser();
    for (const { name: cookie, value, path } of other.cookies(began.callback))
      if (cookie.startsWith('alipay-')) kept.setCookie(began.callback, cookie, value, path);
    const gone = await kept.open(began.callback);
    expect([gone.status, gone.codes]).toEqual([410, ['interaction.expired']]);
  });

  it('what one browser brought is kept under its own journey: a second one of the same person finds nothing', async () => {
    const browser = new Browser();
    await walk.comesBy(lin, browser);
    const second = new Browser();
    const login = await walk.loginPage(second);
    const page = await second.open(
      `${walk.service.origin}${login.url.pathname.replace(/\/login$/, '/alipay/register')}`,
    );
    expect(page.codes).toEqual(['alipay.gone']);
  });

  it('no link on a refused callback’s page carries what Alipay sent', async () => {
    const { callback } = await approves(new Browser(), zhang);
    const { searchParams } = new URL(callback);
    const page = await new Browser().open(callback);
    for (const secret of ['auth_code', 'state']) expect(page.html).not.toContain(searchParams.get(secret) as string);
  });
});

describe('Alipay in certificate mode, by user_id (hubei)', () => {
  const [own, stranger] = [alipayUser(somebody()), alipayUser({ ...somebody(), answer: 'unknown-certificate' })];
  let walk: AlipayWalk;

  beforeAll(async () => {
    const keys = await sandboxAlipay(tmpdir());
    const { app, alipay, root } = sandboxCertificates(keys);
    const folder = mkdtempSync(join(tmpdir(), 'tongxing-certificates-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const port = await freePort();
    const there = `http://localhost:${port}/sandbox/alipay`;
    walk = await AlipayWalk.start('hubei', [own, stranger], {
      PORT: String(port),
      ALIPAY_APP_ID: SANDBOX_APP_ID,
      ALIPAY_APP_KEY: keys.appKey,
      ALIPAY_APP_CERT_FILE: file('app.crt', app),
      ALIPAY_CERT_FILE: file('alipay.crt', alipay),
      ALIPAY_ROOT_CERT_FILE: file('root.crt', root),
      ALIPAY_AUTHORIZE_URL: `${there}/oauth2/publicAppAuthorize.htm`,
      ALIPAY_GATEWAY_URL: `${there}/gateway.do`,
      ALIPAY_USER_ID: 'user_id',
    });
  });
  afterAll(async () => walk.close());

  it('R-2.6 R-4.3 registers and logs in', async () => {
    const page = await walk.comesBy(own);
    expect((await page.press('alipay-register-submit', { agreement: 'yes' })).title).toBe('logged in');
    expect((await walk.comesBy(own)).title).toBe('logged in');
    expect(walk.last).toMatchObject({ amr: ['fed'], level: '2' });
  });

  it('an answer by a certificate that is not the known one is not trusted', async () => {
    const page = await walk.comesBy(stranger);
    expect([page.status, page.codes]).toEqual([502, ['alipay.untrusted']]);
  });
});

describe('asked too often (hubei)', () => {
  it('limit.wait: so many codes from one address in an hour are asked about, and no more', async () => {
    const walk = await AlipayWalk.start('hubei', [zhang], { LIMITS: 'on' }, { alipay: { perAddressHour: 2 } });
    for (let come = 0; come < 2; come += 1) expect((await walk.comesBy(zhang)).status).toBe(200);
    const page = await walk.comesBy(zhang);
    expect([page.status, page.codes, Number(page.headers.get('retry-after')) > 0]).toEqual([429, ['limit.wait'], true]);
    expect((await page.follow('onward')).has('#login-submit')).toBe(true);
    await walk.close();
  });
});

describe('an app that may see nothing but who it is (hubei)', () => {
  const [own, other] = [alipayUser(somebody()), alipayUser(somebody())];
  let walk: AlipayWalk;
  beforeAll(async () => {
    walk = await AlipayWalk.start('hubei', [own, other], { ALIPAY_FIELDS: 'none' });
  });
  afterAll(async () => walk.close());

  it('R-2.6 registers with a number, unverified; nothing that Alipay says besides counts', async () => {
    const page = await walk.comesBy(own);
    expect([page.has('#phone'), page.has('#alipay-register-submit')]).toEqual([true, true]);
  });

  it('R-3.2 raises nobody: no page offers it, a site’s demand for level 2 cannot be met', async () => {
    const citizen = await walk.citizen(somebody());
    expect((await citizen.browser.open(`${walk.service.origin}/account/level`)).has('#level-alipay')).toBe(false);
    const demand = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:2' } } });
    await walk.loginPage(citizen.browser, { claims: demand });
    expect(walk.site.errors.at(-1)).toBe('unmet_authentication_requirements');
  });

  it('DESIGN 6 binding it to a verified account needs a proof, since Alipay gives none', async () => {
    const owner = await walk.citizen(somebody());
    const citizen = await walk.bySms(owner.phone);
    const page = await citizen.browser.open(`${walk.service.origin}/account/alipay`);
    const proof = await page.press('alipay-bind');
    expect(proof.path).toBe('/account/proof?act=alipay');
    const back = await proof.press('proof-submit', { password: owner.password });
    expect((await atAlipay(await back.press('alipay-bind'), other)).path).toBe('/account/alipay?news=bound');
  });
});
