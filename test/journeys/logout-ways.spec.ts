import { globSync, readFileSync } from 'node:fs';
import { COMMANDS } from '../../src/cli/commands.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { alipayFile, alipayUser } from '../support/alipay-users.js';
import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import { Phone } from '../../src/shared/phone.js';
import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { LogoutTokens } from '../support/logout-tokens.js';
import { residentsFile } from '../support/residents.js';
import type { Resident } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const NEW_PASSWORD = 'Donghu-Spring-88';

/** Whatever ends logins, and the ways below and in logout-ways-entity.spec that go through it. Who adds a caller adds a way. */
const WAYS: Record<string, string[]> = {
  'src/cli/commands.ts': ['an operator disables the account'],
  'src/flows/alipay/account-alipay.service.ts': ['Alipay is unbound'],
  'src/flows/certificates/certificate-recheck.job.ts': ['its authority revokes the certificate'],
  'src/flows/certificates/unbind-certificate.service.ts': ['the certificate is unbound'],
  'src/flows/entity-reset/entity-reset.service.ts': ['an entity sets a new password by a code'],
  'src/flows/lost-number/moving.service.ts': ['the number was lost'],
  'src/flows/my-data/deregistration-due.job.ts': ['the account is deregistered'],
  'src/flows/number-handover/number-handover.service.ts': ['the number is somebody else’s by now'],
  'src/flows/number-restore/number-restore.service.ts': ['the number goes back to its former holder'],
  'src/flows/password-change/password-change.service.ts': ['the password is changed'],
  'src/flows/password-reset/password-reset.service.ts': ['the password is reset'],
  'src/flows/phone-change/phone-change.service.ts': ['the number is changed'],
  'src/flows/representative/carrying-out.service.ts': ['another representative takes over'],
  'src/flows/user-centre/account-sessions.service.ts': [
    'ended from another session',
    'all others ended',
    'ended from the list as one’s own',
  ],
  'src/flows/user-centre/account-sites.service.ts': ['a permission is taken back'],
  'src/oidc/certificate-endings.service.ts': ['its authority is trusted no more'],
  'src/oidc/interactions.service.ts': ['another person logs in here'],
  'src/oidc/logout/logout.tsx': ['the confirm page', 'a hint of this session'],
};
/** What those go through. */
const WITHIN = new Set([
  'src/oidc/certificate-changes.service.ts',
  'src/oidc/endings.service.ts',
  'src/oidc/session-means.service.ts',
  'src/oidc/sessions.service.ts',
  'src/oidc/ways-in.service.ts',
]);
/** `sessions.end(`, `endAll(`, `deliveries.tell(`, `waysIn.change(`, `changes.unbind(` … */
const ENDING =
  /\b(?:sessions\.(?:end|logOut|endAll|revokeSite)|endings\.end\w*|deliveries\.tell|waysIn\.change|changes\.unbind|(?:means|endings)\.lose\w*|certificateEndings\.\w+)\(/;

describe('what ends logins', () => {
  const files = globSync('src/**/*.ts?(x)').filter((file) => !/\.spec\.tsx?$/.test(file));

  it('is in the table, with a way that is tried', () => {
    const ending = files.filter((file) => ENDING.test(readFileSync(file, 'utf8')) && !WITHIN.has(file));
    expect(ending.toSorted()).toEqual(Object.keys(WAYS).toSorted());
    const tried = ['', '-entity']
      .map((name) => readFileSync(`test/journeys/logout-ways${name}.spec.ts`, 'utf8'))
      .join();
    for (const way of Object.values(WAYS).flat()) expect([way, tried.includes(`it('${way}'`)]).toEqual([way, true]);
  });
});

describe.each(PROVINCES)('every way a login ends sends one logout token to each of its sites (%s)', (province) => {
  const { file, residents } = residentsFile(40);
  const atAlipay = residents[0] as Resident;
  const user = alipayUser(atAlipay);
  let service: RunningService;
  let sites: [TestSite, TestSite];
  let tokens: LogoutTokens;

  beforeAll(async () => {
    sites = [await TestSite.start('city'), await TestSite.start('county')];
    service = await startService(province, {
      SITES_FILE: sitesFile(sites.map((site) => site.metadata())),
      STUB_RESIDENTS_FILE: file,
      STUB_ALIPAY_FILE: alipayFile([user]),
      LIMITS: 'off',
    });
    tokens = new LogoutTokens(service, sites);
  });
  afterAll(async () => {
    await service.close();
    await Promise.all(sites.map(async (site) => site.close()));
  });

  const account = (path = '') => `${service.origin}/account${path}`;
  const login = async (citizen: Citizen): Promise<Page> =>
    citizen.browser.open(await sites[0].loginUrl(service.origin));
  /** The same account at another browser. */
  const again = async (citizen: Citizen, identifier = citizen.phone): Promise<Citizen> => {
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    expect((await other.logsIn(await login(other), identifier)).title).toBe('logged in');
    return other;
  };
  /** A verified person at two browsers, each at both sites, and the four logins by browser. */
  const inside = async (who = residents.pop() as Resident) => {
    const here = new Citizen(service);
    await here.hasAccount(await sites[0].loginUrl(service.origin), who);
    const there = await again(here);
    return { who, here, there, ofHere: await tokens.visits(here.browser), ofThere: await tokens.visits(there.browser) };
  };
  const all = ({ ofHere, ofThere }: { ofHere: string[]; ofThere: string[] }) => [...ofHere, ...ofThere].toSorted();
  const confirms = async ({ browser }: Citizen): Promise<Page> =>
    (await browser.open(`${service.origin}/oidc/logout`)).press('logout-confirm');
  const bySms = async (citizen: Citizen): Promise<Page> => {
    const page = await citizen.browser.open(`${(await login(citizen)).url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(page)) });
    return sent.press('login-submit', { smsCode: await citizen.codeFor() });
  };

  it('the confirm page', async () => {
    const { here, ofHere } = await inside();
    expect(await tokens.of(async () => confirms(here))).toEqual(ofHere.toSorted());
  });

  it('a hint of this session', async () => {
    const { there, ofThere } = await inside();
    const hint = sites[1].lastLogin;
    expect(await tokens.of(async () => there.browser.open(sites[1].logoutUrl(hint)))).toEqual(ofThere.toSorted());
  });

  it('ended from another session', async () => {
    const { here, ofThere } = await inside();
    const list = await here.browser.open(account('/sessions'));
    expect(await tokens.of(async () => list.press('session-end-1'))).toEqual(ofThere.toSorted());
  });

  it('all others ended', async () => {
    const { here, ofThere } = await inside();
    const list = await here.browser.open(account('/sessions'));
    expect(await tokens.of(async () => list.press('sessions-end-others'))).toEqual(ofThere.toSorted());
  });

  it('ended from the list as one’s own', async () => {
    const { here, there, ofHere } = await inside();
    const list = await there.browser.open(account('/sessions'));
    const { action, fields } = list.form('session-end-1');
    const mine = await here.browser.open(account('/sessions'));
    const csrf = mine.value('_csrf') as string;
    expect(await tokens.of(async () => here.browser.post(action, { ...fields, _csrf: csrf }))).toEqual(
      ofHere.toSorted(),
    );
  });

  it('the password is reset', async () => {
    const person = await inside();
    const elsewhere = Object.assign(new Citizen(service), { phone: person.here.phone });
    const { name, idNumber } = person.who;
    const proof = await elsewhere.resets(await login(elsewhere));
    const form = await proof.press('reset-prove', { name, idNumberLast6: idNumber.slice(-6) });
    expect(await tokens.of(async () => form.press('reset-submit', { password: NEW_PASSWORD }))).toEqual(all(person));
  });

  it('the password is changed', async () => {
    const { here, ofThere } = await inside();
    const form = await here.browser.open(account('/password'));
    const change = { currentPassword: here.password, password: NEW_PASSWORD };
    expect(await tokens.of(async () => form.press('password-submit', change))).toEqual(ofThere.toSorted());
  });

  it('the number is changed', async () => {
    const { here, ofThere } = await inside();
    const phone = freshPhone();
    const old = await (await here.browser.open(account('/phone'))).press('sms-send');
    const fresh = await old.press('phone-next', { smsCode: await here.codeFor() });
    const sent = await fresh.press('sms-send', { phone });
    const smsCode = await here.codeFor(phone);
    expect(await tokens.of(async () => sent.press('phone-submit', { smsCode }))).toEqual(ofThere.toSorted());
  });

  it('the number was lost', async () => {
    const person = await inside();
    const elsewhere = new Citizen(service);
    const proof = await elsewhere.losesNumber(await login(elsewhere), person.who, elsewhere.phone);
    const { password } = person.here;
    expect(await tokens.of(async () => proof.press('lost-number-submit', { password }))).toEqual(all(person));
  });

  /** A year later whoever holds the number by now says so; comes out at the registration. */
  const handsOver = async (phone: string): Promise<{ holder: Citizen; moved: () => Promise<Page> }> => {
    const holder = Object.assign(new Citizen(service), { phone });
    const asked = await (await bySms(holder)).follow('new-holder');
    return { holder, moved: async () => asked.press('new-holder-confirm') };
  };

  it('the number is somebody else’s by now', async () => {
    const { here } = await inside();
    await here.waits(366 * DAY);
    const { moved } = await handsOver(here.phone);
    // No login is left, but what the sites may still keep of the subject.
    expect(await tokens.of(moved)).toEqual(tokens.subjects());
  });

  it('the number goes back to its former holder', async () => {
    const { who, here } = await inside();
    await here.waits(366 * DAY);
    const { holder, moved } = await handsOver(here.phone);
    const registered = await (await moved()).press('register-submit', { password: holder.password, agreement: 'yes' });
    await registered.press('verification-skip');
    const ofHolder = await tokens.visits(holder.browser);
    const former = await again(here, who.idNumber);
    await tokens.visits(former.browser);
    const restore = await (await former.browser.open(account())).follow('note-number-freed');
    const sent = await restore.press('sms-send');
    const smsCode = await former.codeFor();
    expect(await tokens.of(async () => sent.press('phone-restore', { smsCode }))).toEqual(ofHolder.toSorted());
  });

  it('Alipay is unbound', async () => {
    const { here, ofThere } = await inside(atAlipay);
    const page = await (await here.browser.open(account('/alipay'))).press('alipay-bind');
    const bound = await page.press('alipay-login', { account: user.userId, password: user.password });
    expect(await tokens.of(async () => bound.press('alipay-unbind'))).toEqual(ofThere.toSorted());
  });

  it('an operator disables the account', async () => {
    const person = await inside();
    const disable = COMMANDS.find(({ name }) => name === 'accounts disable');
    const { phone } = person.here;
    const done = async () =>
      disable?.run(
        service.app,
        [phone],
        () => undefined,
        async () => '',
      );
    expect(await tokens.of(done)).toEqual(all(person));
  });

  it('the account is deregistered', async () => {
    const person = await inside();
    const asked = await (await person.here.browser.open(account('/data'))).press('deregister-submit');
    await asked.press('deregister-confirm');
    await person.here.waits(7 * DAY - 10 * MINUTE);
    const here = Object.assign(new Citizen(service), { phone: person.here.phone });
    await (await here.logsIn(await login(here))).press('deregister-continue');
    const ofHere = await tokens.visits(here.browser);
    expect(await tokens.of(async () => here.waits(11 * MINUTE))).toEqual(ofHere.toSorted());
  });

  it('a site that was away is told all the same when the account is gone by then', async () => {
    const { here } = await inside();
    await (await (await here.browser.open(account('/data'))).press('deregister-submit')).press('deregister-confirm');
    await here.waits(7 * DAY - 10 * MINUTE);
    const last = Object.assign(new Citizen(service), { phone: here.phone });
    await (await last.logsIn(await login(last))).press('deregister-continue');
    const [ofCity, ofCounty] = await tokens.visits(last.browser);
    sites[1].backChannelStatus = 503;
    const gone = async () => {
      // The registry of accounts forgets the number first; a try of the token is due half a minute later.
      while (await service.app.get(Accounts).find('phone', Phone.parse(here.phone))) await last.waits(MINUTE);
      sites[1].backChannelStatus = 200;
    };
    expect(await tokens.of(gone)).toEqual([ofCity, ofCounty]);
  });

  it('a permission is taken back', async () => {
    const { here, ofHere, ofThere } = await inside();
    const asked = await here.browser.open(await sites[1].loginUrl(service.origin, { scope: 'openid phone' }));
    await asked.press('permission-submit');
    const page = await here.browser.open(account('/sites'));
    const ofCounty = [...ofHere, ...ofThere].filter((one) => one.startsWith('county '));
    expect(await tokens.of(async () => page.press('site-revoke-1'))).toEqual(ofCounty.toSorted());
  });

  it('another person logs in here', async () => {
    const { here, ofHere } = await inside();
    const other = new Citizen(service);
    await other.hasAccount(await sites[0].loginUrl(service.origin), residents.pop());
    const page = await here.browser.open(await sites[0].loginUrl(service.origin, { prompt: 'login' }));
    expect(await tokens.of(async () => here.logsIn(page, other.phone))).toEqual(ofHere.toSorted());
  });

  it('a mere lapse sends none, by age or for want of use', async () => {
    const { here, there } = await inside();
    expect(await tokens.of(async () => here.waits(31 * MINUTE))).toEqual([]);
    expect((await there.browser.open(account())).path).toContain('/interaction/');
    const later = await again(here);
    await tokens.visits(later.browser);
    const lives = async () => {
      for (let hour = 0; hour < 13; hour += 1)
        for (const _half of [1, 2, 3]) {
          await later.waits(20 * MINUTE);
          await later.browser.open(account());
        }
    };
    expect(await tokens.of(lives)).toEqual([]);
  });

  it('two ways at once send one token too', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { here, there, ofHere, ofThere } = await inside();
      const [confirm, list] = [
        await here.browser.open(`${service.origin}/oidc/logout`),
        await there.browser.open(account('/sessions')),
      ];
      const hint = sites[1].logoutUrl(sites[1].lastLogin);
      const both = async () =>
        Promise.all([
          confirm.press('logout-confirm'),
          list.press('sessions-end-others'),
          ...(round % 2 === 0 ? [there.browser.copy().open(hint)] : []),
        ]);
      const ended = round % 2 === 0 ? [...ofHere, ...ofThere] : ofHere;
      expect(await tokens.of(both)).toEqual(ended.toSorted());
    }
  });

  it('a site that is disabled is told nothing, then or later; the others of a logout are', async () => {
    const { here, there, ofHere } = await inside();
    const engine = service.app.get(Engine);
    const only = async (listed: readonly TestSite[]) => {
      await engine.apply(
        listed.map((site) => site.metadata()),
        'cli',
      );
      await engine.refresh();
    };
    sites[1].backChannelStatus = 503;
    await confirms(there);
    sites[1].backChannelStatus = 200;
    try {
      expect(await tokens.of(async () => only([sites[0]]))).toEqual([]);
      const [waiting] = (await service.app.get(LogoutRecords).ofSite('county', { limit: 1 })).deliveries;
      expect(waiting).toMatchObject({ state: 'dropped', reason: 'no-client', tries: 2 });
      const left = async () => expect((await confirms(here)).all('#lasting li')).toHaveLength(1);
      expect(await tokens.of(left)).toEqual(ofHere.filter((one) => one.startsWith('city ')));
    } finally {
      await only(sites);
    }
  });
});
