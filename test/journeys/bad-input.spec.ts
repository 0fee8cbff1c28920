import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const VALID = { name: '李四', idNumber: '420106198506121028' };

describe.each(PROVINCES)('what bad input gets (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    const entry = site.metadata({ initiate_login_uri: `${site.origin}/login` });
    service = await startService(province, { SITES_FILE: sitesFile([entry]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const loginPage = async (browser = new Browser()): Promise<Page> => browser.open(await site.loginUrl(service.origin));

  /** Somebody registered, standing before the verification page. */
  const beforeVerification = async (): Promise<{ citizen: Citizen; page: Page }> => {
    const citizen = new Citizen(service);
    const page = await citizen.registers(await citizen.browser.open(await site.loginUrl(service.origin)));
    service.clock.advance(61);
    return { citizen, page };
  };

  describe('verification', () => {
    it.each([
      ['420106199003071018', 'id-number.checksum'],
      ['130102198511310021', 'id-number.date'],
      ['130102880615808', 'id-number.fifteen-digits'],
      ['', 'id-number.missing'],
      ['42010619900307', 'id-number.malformed'],
    ])('R-3.1 ID number %j is refused at the field as %s', async (idNumber, code) => {
      const { citizen, page } = await beforeVerification();
      const refused = await citizen.verifies(page, { name: '张三', idNumber });
      expect([refused.status, refused.codeAt('idNumber')]).toEqual([422, code]);
      expect(refused.value('name')).toBe('张三');
    });

    it.each(['', '张', '12345', 'a', '张'.repeat(60)])('R-3.1 name %j is refused at the field', async (name) => {
      const { citizen, page } = await beforeVerification();
      const refused = await citizen.verifies(page, { ...VALID, name });
      expect(refused.codeAt('name')).toMatch(/^name\./);
    });

    it.each([
      ['郑重', 'verification.mismatch'],
      ['冯远', 'verification.not-found'],
      ['蒋停', 'verification.unavailable'],
    ])('R-3.1 the register says no about %s: its own message, the account stays as it is', async (name, code) => {
      const { idNumber = '' } = stubResidents().find((resident) => resident.name === name) ?? {};
      const { citizen, page } = await beforeVerification();
      const refused = await citizen.verifies(page, { name, idNumber });
      expect(refused.codes).toContain(code);
      expect(refused.has('#verification-skip')).toBe(true);
      expect((await refused.press('verification-skip')).title).toBe('logged in');
      expect(site.lastLogin.claims.acr).toBe('urn:tongxing:level:0');
    });

    it('R-3.1 five mismatches a day, then closed till tomorrow', async () => {
      const { citizen, page } = await beforeVerification();
      const codes: string[] = [];
      for (const surname of '王李张刘陈杨') {
        const refused = await citizen.verifies(page, {
          name: `${surname}不是`,
          idNumber: '42050219990101003X'.replace('3X', '38'),
        });
        codes.push(refused.codes[0] as string);
      }
      expect(codes).toEqual([
        ...Array.from({ length: 4 }, () => 'verification.mismatch'),
        ...Array.from({ length: 2 }, () => 'verification.closed-till-tomorrow'),
      ]);
      service.clock.advance(24 * 3600);
      const tomorrow = new Citizen(service);
      const open = await tomorrow.registers(await tomorrow.browser.open(await site.loginUrl(service.origin)));
      expect((await tomorrow.verifies(open, { name: '王小明', idNumber: '420502199901010038' })).title).toBe(
        'logged in',
      );
    });

    it('R-3.4 an ID number belongs to one account: told only after the register said match', async () => {
      const first = await beforeVerification();
      await first.citizen.verifies(first.page, VALID);
      const second = await beforeVerification();
      const wrongName = await second.citizen.verifies(second.page, { ...VALID, name: '李五' });
      expect(wrongName.codes).toContain('verification.mismatch');
      const taken = await second.citizen.verifies(second.page, VALID);
      expect(taken.codes).toContain('verification.id-taken');
      expect(taken.text).not.toContain(first.citizen.phone);
      expect(taken.text).toContain('12345');
    });

    it('R-3.4 the same ID number on accounts at once: exactly one wins', async () => {
      const people = [];
      for (let at = 0; at < 4; at += 1) people.push(await beforeVerification());
      const who = { name: '赵燕', idNumber: '130203199001010076' };
      const answers = await Promise.all(people.map(async ({ citizen, page }) => citizen.verifies(page, who)));
      expect(answers.filter(({ title }) => title === 'logged in')).toHaveLength(1);
      expect(answers.filter(({ codes }) => codes.includes('verification.id-taken'))).toHaveLength(3);
    });
  });

  describe('login', () => {
    it('R-4.1 wrong password, unknown number, disabled account: one answer', async () => {
      const tries = [
        ['13900000001', 'Wrong-password-1'],
        ['13911112222', PASSWORD],
        ['13900000003', 'Tongxing-demo-3'],
        ['not a number', PASSWORD],
      ] as const;
      const answers = await Promise.all(
        tries.map(async ([identifier, password]) =>
          (await loginPage()).press('login-submit', { identifier, password }),
        ),
      );
      expect(new Set(answers.map(({ codes, status }) => `${status} ${codes.join()}`))).toEqual(
        new Set(['422 login.failed']),
      );
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });

    it('R-4.1 after five wrong tries a picture, then a wait with minutes; a known browser is not locked out', async () => {
      const victim = new Citizen(service);
      await victim.hasAccount(await site.loginUrl(service.origin));
      const known = await victim.logsIn(
        await victim.browser.open(await site.loginUrl(service.origin, { prompt: 'login' })),
      );
      expect(known.title).toBe('logged in');
      let page = await loginPage();
      for (let tries = 0; tries < 5; tries += 1) {
        expect(page.has('#captcha-image')).toBe(false);
        page = await page.press('login-submit', { identifier: victim.phone, password: 'Wrong-password-1' });
      }
      expect(page.has('#captcha-image')).toBe(true);
      const stranger = new Citizen(service);
      const sixth = await page.press('login-submit', {
        identifier: victim.phone,
        password: 'Wrong-password-1',
        ...(await stranger.captcha(page)),
      });
      expect(sixth.codes).toContain('login.failed');
      const waits = await sixth.press('login-submit', {
        identifier: victim.phone,
        password: victim.password,
        ...(await stranger.captcha(sixth)),
      });
      expect([waits.status, waits.codes[0]]).toEqual([429, 'login.wait']);
      expect(Number(waits.headers.get('retry-after'))).toBeGreaterThan(0);

      const owner = await victim.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      expect((await victim.logsIn(owner)).title).toBe('logged in');
    });

    it('says what is missing at its field', async () => {
      const refused = await (await loginPage()).press('login-submit', { identifier: '', password: '' });
      expect([refused.codeAt('identifier'), refused.codeAt('password')]).toEqual([
        'identifier.missing',
        'password.missing',
      ]);
    });
  });

  describe('forms and journeys', () => {
    it('refuses a missing, foreign or old token, and a foreign or null Origin; an absent one is let pass', async () => {
      const browser = new Browser();
      const page = await loginPage(browser);
      const { action, fields } = page.form('login-submit');
      const other = (await loginPage(new Browser())).form('login-submit').fields;
      const post = async (values: Record<string, string>, headers: Record<string, string> = {}) =>
        browser.post(action, { ...fields, identifier: '13900000001', password: 'x', ...values }, headers);
      expect((await post({ _csrf: '' })).codes).toContain('form.token');
      expect((await post({ _csrf: other['_csrf'] as string })).codes).toContain('form.token');
      expect((await post({}, { origin: 'https://evil.example' })).codes).toContain('form.foreign-origin');
      expect((await post({}, { origin: 'null' })).codes).toContain('form.foreign-origin');
      const body = new URLSearchParams({ ...fields, identifier: '13900000001', password: 'x' }).toString();
      expect((await browser.request('POST', action, body)).status).toBe(422);
    });

    it('refuses unknown fields, arrays, large bodies, other content types and control characters with a clear page', async () => {
      const browser = new Browser();
      const { action, fields } = (await loginPage(browser)).form('login-submit');
      const base = new URLSearchParams({ ...fields, identifier: 'a', password: 'b' }).toString();
      const send = async (body: string, headers: Record<string, string> = {}) => {
        const answer = await browser.request('POST', action, body, { origin: service.origin, ...headers });
        return { status: answer.status, text: await answer.text() };
      };
      expect(await send(`${base}&role=admin`)).toMatchObject({
        status: 400,
        text: expect.stringContaining('form.unknown-field'),
      });
      expect(await send(`${base}&identifier=c`)).toMatchObject({
        status: 400,
        text: expect.stringContaining('form.array'),
      });
      expect((await send(`${base}&captcha=${'x'.repeat(70_000)}`)).status).toBe(413);
      expect((await send('{"a":1}', { 'content-type': 'application/json' })).status).toBeGreaterThanOrEqual(400);
      expect((await send(base.replace('identifier=a', 'identifier=a%00'))).text).toContain('form.control-characters');
      expect((await send(base.replace('identifier=a', 'identifier=%E2%80%AEa'))).text).toContain(
        'form.control-characters',
      );
      expect(await send(base.replace('identifier=a', 'identifier=%FF%FE'))).toMatchObject({
        status: 400,
        text: expect.stringContaining('request.malformed'),
      });
    });

    it('an expired, bookmarked or finished journey says so and offers to start again at the site', async () => {
      const citizen = new Citizen(service);
      const page = await citizen.browser.open(await site.loginUrl(service.origin));
      service.clock.advance(20 * 60 + 1);
      const late = await citizen.logsIn(page);
      expect([late.status, late.codes[0]]).toEqual([410, 'interaction.expired']);
      expect(late.text).toContain('测试站点');
      expect(late.all('#onward')[0]?.getAttribute('href')).toBe(`${site.origin}/login`);
      const bookmarked = await citizen.browser.open(page.url.href);
      expect(bookmarked.codes).toContain('interaction.expired');
    });

    it('another browser’s uid, and another journey’s of the same one, show nothing', async () => {
      const mine = new Browser();
      const first = await loginPage(mine);
      const second = await loginPage(mine);
      expect((await new Browser().open(first.url.href)).codes).toContain('interaction.expired');
      const uid = (page: Page) => page.url.pathname.split('/')[2] as string;
      const cookie = mine.cookies(service.origin).filter(({ path }) => path.includes(uid(first)));
      for (const { name, value } of cookie) mine.setCookie(service.origin, name, value, `/interaction/${uid(second)}`);
      expect((await mine.open(second.url.href)).codes).toContain('interaction.expired');
    });

    it('without cookies a page says what to do', async () => {
      const browser = new Browser();
      const page = await loginPage(browser);
      browser.forgetCookies(service.origin);
      const answer = await page.press('login-submit', { identifier: '13900000001', password: 'x' });
      expect(answer.codes).toContain('interaction.expired');
      expect(answer.text).toContain('Cookie');
    });

    it('a form posted twice after registering leads nowhere bad: no second account, no error without words', async () => {
      const citizen = new Citizen(service);
      const sent = await citizen.asksForCode(await citizen.browser.open(await site.loginUrl(service.origin)));
      const { action, fields } = sent.form('register-submit');
      const values = { ...fields, smsCode: await citizen.codeFor(), agreement: 'yes' };
      const answers = await Promise.all([
        citizen.browser.copy().post(action, values),
        citizen.browser.copy().post(action, values),
      ]);
      expect(answers.filter(({ path }) => path.endsWith('verification')).length).toBeGreaterThanOrEqual(1);
      for (const answer of answers) expect(answer.status).toBeLessThan(500);
    });

    it('Enter does what is due next', async () => {
      const citizen = new Citizen(service);
      service.clock.advance(61);
      const page = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'create' }));
      const sent = await page.press('default-submit', {
        phone: citizen.phone,
        password: PASSWORD,
        ...(await citizen.captcha(page)),
      });
      expect(sent.text).toContain('已发送');
      const early = await sent.press('default-submit', { agreement: 'yes' });
      expect(early.codes).toEqual(['sms-code.missing']);
      const done = await early.press('default-submit', { smsCode: await citizen.codeFor(), agreement: 'yes' });
      expect(done.path).toMatch(/verification$/);
    });

    it('a form of the user centre whose session has ended says so, and changes nothing', async () => {
      const citizen = new Citizen(service);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      const page = await citizen.browser.open(`${service.origin}/account/verification`);
      service.clock.advance(31 * 60);
      const ended = await citizen.verifies(page, { name: '陈静', idNumber: '130402197609100083' });
      expect(ended.codes).toContain('session.ended');
    });

    it('an error page shows a code, no stack and no echo', async () => {
      const page = await new Browser().open(`${service.origin}/nowhere?<script>alert(1)</script>`);
      expect(page.status).toBe(404);
      expect(page.html).not.toContain('<script>alert');
      expect(page.html).not.toMatch(/at \w+ \(|node_modules/);
    });
  });
});
