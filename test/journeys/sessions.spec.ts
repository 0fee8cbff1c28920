import { jest } from '@jest/globals';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Passwords } from '../../src/identity/credentials/passwords.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { Phone } from '../../src/shared/phone.js';
import { ShortLived } from '../../src/storage/short-lived.js';
import { Database } from '../../src/storage/transactions.js';
import { Browser } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { gateAt, letTimePass } from '../support/time.js';

const LEVEL_1 = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:1' } } });

describe('the one session', () => {
  let service: RunningService;
  let site: TestSite;
  let other: TestSite;

  beforeAll(async () => {
    [site, other] = await Promise.all([TestSite.start('site'), TestSite.start('other')]);
    service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata(), other.metadata()]) });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    await service.close();
    await site.close();
    await other.close();
  });

  const signedIn = async (): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    return citizen;
  };
  const accountOf = async ({ phone }: Citizen): Promise<string> =>
    (await service.app.get(Accounts).find('phone', Phone.parse(phone))) as string;
  /** What a hop without a page ends in: `logged in`, or the error. */
  const hop = async (browser: Browser, more: Record<string, string> = {}): Promise<string> => {
    const page = await browser.open(await site.loginUrl(service.origin, { prompt: 'none', ...more }));
    return page.text || page.title;
  };
  /** What a reset or a disabling does. */
  const endsAll = async (citizen: Citizen): Promise<void> => {
    const account = await accountOf(citizen);
    const { app } = service;
    await app.get(Database).transaction(async (tx) => app.get(Accounts).invalidateSessions(tx, account));
    await app.get(Sessions).endAll(account);
  };

  describe('how long it lasts', () => {
    it('ends after 30 minutes without a hop or page, without a logout token', async () => {
      const { browser } = await signedIn();
      const told = site.logoutTokens.length;
      for (let half = 0; half < 2; half += 1) {
        service.clock.advance(29 * 60);
        expect(await hop(browser)).toBe('logged in');
      }
      service.clock.advance(31 * 60);
      expect(await hop(browser)).toBe('login_required');
      expect(site.logoutTokens).toHaveLength(told);
    });

    it('ends after 12 hours at most, for a session too that was spared when all others ended', async () => {
      const citizen = await signedIn();
      for (let half = 0; half < 24; half += 1) {
        await hop(citizen.browser);
        service.clock.advance(29 * 60);
      }
      const account = await accountOf(citizen);
      const [mine] = await service.app.get(Sessions).list(account);
      await service.app.get(Sessions).endAll(account, { spare: mine?.uid });
      expect(await hop(citizen.browser)).toBe('logged in');
      service.clock.advance(25 * 60);
      expect(await hop(citizen.browser)).toBe('login_required');
    });

    it('R-1.3 no cookie of a session or a journey outlives the browser or is seen by a script', async () => {
      const set: string[] = [];
      const citizen = new Citizen(service);
      const request = citizen.browser.request.bind(citizen.browser);
      citizen.browser.request = async (...rest) => {
        const answer = await request(...rest);
        set.push(...answer.headers.getSetCookie());
        return answer;
      };
      await citizen.browser.open(`${service.origin}/oidc/logout`);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      const ours = set.filter((cookie) => /^_(session|interaction)/.test(cookie) && !cookie.includes(' 1970 '));
      expect(new Set(ours.map((cookie) => /^[^=]+/.exec(cookie)?.[0]))).toEqual(
        new Set([
          '_session',
          '_session.sig',
          '_interaction',
          '_interaction.sig',
          '_interaction_resume',
          '_interaction_resume.sig',
        ]),
      );
      for (const cookie of ours) {
        expect(cookie).not.toMatch(/expires|max-age|domain/i);
        expect(cookie.toLowerCase()).toMatch(/; samesite=lax; httponly$/);
      }
    });
  });

  it('leaves nothing of the sessions that have lapsed in the account’s indexes', async () => {
    const citizen = await signedIn();
    const account = await accountOf(citizen);
    const store = service.app.get(ShortLived);
    const known = async () => [
      (await store.members(`tx1:account-sessions:${account}`)).length,
      (await store.members(`tx1:account-grants:${account}`)).length,
    ];
    expect(await known()).toEqual([1, 1]);
    for (const days of [1, 31]) {
      service.clock.advance(days * 86_400);
      letTimePass(days * 86_400);
      await citizen.logsIn(await citizen.browser.open(await site.loginUrl(service.origin)));
    }
    expect(await known()).toEqual([1, 1]);
  });

  describe('whose it is', () => {
    it('signing in as another account ends the first one’s session, and its sites are told', async () => {
      const first = await signedIn();
      const told = site.logoutTokens.length;
      const second = new Citizen(service);
      await second.hasAccount(await other.loginUrl(service.origin));
      const page = await first.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      expect((await second.logsIn(page, second.phone)).title).toBe('logged in');
      await site.told(told + 1);
      expect(site.lastLogin.claims.sub).toBe(other.lastLogin.claims.sub);
    });

    it('a session planted before the login is not the one that is signed in (fixation)', async () => {
      const planted = new Browser();
      await planted.open(`${service.origin}/oidc/logout`);
      expect(planted.cookies(service.origin).map(({ name }) => name)).toContain('_session');
      const victim = new Citizen(service);
      for (const { name, value } of planted.cookies(service.origin))
        victim.browser.setCookie(service.origin, name, value);
      await victim.hasAccount(await site.loginUrl(service.origin));
      expect(await hop(victim.browser)).toBe('logged in');
      expect(await hop(planted)).toBe('login_required');
    });

    it('a renewed cookie lives half a minute more, which no hop prolongs, and never comes back to the browser', async () => {
      const citizen = await signedIn();
      const before = citizen.browser.copy();
      const page = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      expect((await citizen.logsIn(page)).title).toBe('logged in');
      service.clock.advance(120);
      const late = await before.request('GET', await other.loginUrl(service.origin, { prompt: 'none' }));
      expect(late.headers.get('location')).toContain('code=');
      expect(late.headers.getSetCookie()).toEqual([]);
      letTimePass(31);
      expect(await hop(before)).toBe('login_required');
      expect(await hop(citizen.browser)).toBe('logged in');
    });

    it('a cookie with an altered signature, or another’s, is nobody’s', async () => {
      const { browser } = await signedIn();
      const [session, signature] = ['_session', '_session.sig'].map(
        (name) => browser.cookies(service.origin).find((cookie) => cookie.name === name)?.value as string,
      );
      const forger = new Browser();
      forger.setCookie(service.origin, '_session', session as string);
      expect(await hop(forger)).toBe('login_required');
      forger.setCookie(service.origin, '_session', `${session?.slice(0, -1)}${session?.endsWith('_') ? '-' : '_'}`);
      forger.setCookie(service.origin, '_session.sig', signature as string);
      expect(await hop(forger)).toBe('login_required');
    });

    it('signed out, the cookie is taken away and opens nothing', async () => {
      const { browser } = await signedIn();
      const kept = browser.copy();
      await browser.open(site.logoutUrl(site.lastLogin));
      expect(browser.cookies(service.origin).map(({ name }) => name)).not.toContain('_session');
      expect(await hop(kept)).toBe('login_required');
    });
  });

  describe('journeys', () => {
    it.each(['agreement', 'verification', 'permission'])(
      'no page for an account is opened or answered before somebody is signed in: %s',
      async (name) => {
        const browser = new Browser();
        const login = await browser.open(await site.loginUrl(service.origin));
        const csrf = login.form('login-submit').fields['_csrf'] as string;
        const address = login.url.href.replace(/\/login$/, `/${name}`);
        const answers = [await browser.open(address), await browser.post(address, { _csrf: csrf })];
        for (const page of answers) expect([page.status, page.url.href]).toEqual([200, login.url.href]);
      },
    );

    it('no question is answered by the page of another one', async () => {
      const citizen = await signedIn();
      const stepUp = await citizen.browser.open(await site.loginUrl(service.origin, { claims: LEVEL_1 }));
      const csrf = stepUp.form('verification-submit').fields['_csrf'] as string;
      const address = stepUp.url.href.replace(/verification$/, 'permission');
      const page = await citizen.browser.post(address, { _csrf: csrf });
      expect(page.url.href).toBe(stepUp.url.href);
    });
  });

  describe('journeys under way when it ends', () => {
    it('a page of a journey acts for nobody once its session has ended, and says where to start again', async () => {
      const citizen = await signedIn();
      const stepUp = await citizen.browser.open(await site.loginUrl(service.origin, { claims: LEVEL_1 }));
      const permission = await citizen.browser.open(await site.loginUrl(service.origin, { scope: 'openid phone' }));
      await citizen.browser.copy().open(site.logoutUrl(site.lastLogin));
      const verified = await citizen.verifies(stepUp, { name: '陈静', idNumber: '130402197609100083' });
      expect([verified.status, verified.codes]).toEqual([410, ['interaction.expired']]);
      expect(verified.text).toContain(site.name);
      expect((await permission.press('permission-submit')).codes).toEqual(['interaction.expired']);
      const standing = await service.app.get(Accounts).standing(await accountOf(citizen), 'site');
      expect(standing).toMatchObject({ level: 0, permittedScopes: [] });
    });

    it('nor when only the account says so, and nobody has ended the session yet', async () => {
      const citizen = await signedIn();
      const stepUp = await citizen.browser.open(await site.loginUrl(service.origin, { claims: LEVEL_1 }));
      const account = await accountOf(citizen);
      const accounts = service.app.get(Accounts);
      await service.app.get(Database).transaction(async (tx) => accounts.invalidateSessions(tx, account));
      const verified = await citizen.verifies(stepUp, { name: '陈静', idNumber: '130402197609100083' });
      expect(verified.codes).toEqual(['interaction.expired']);
      expect((await accounts.standing(account))?.level).toBe(0);
    });

    it('a login page goes on when the session it began in was signed out in another tab', async () => {
      const citizen = await signedIn();
      const page = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      await citizen.browser.copy().open(site.logoutUrl(site.lastLogin));
      expect((await citizen.logsIn(page)).title).toBe('logged in');
    });

    it('a login page goes on when another tab has signed in anew meanwhile', async () => {
      const citizen = await signedIn();
      const page = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      await citizen.browser.open(site.logoutUrl(site.lastLogin));
      await citizen.logsIn(await citizen.browser.open(await other.loginUrl(service.origin)));
      expect((await citizen.logsIn(page)).title).toBe('logged in');
    });

    it('R-2.7 a reset from a login page inside a session ends that session and opens the new one', async () => {
      const citizen = await signedIn();
      await citizen.waits(61);
      const login = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      const password = await citizen.resets(login);
      expect((await password.press('reset-submit', { password: 'Donghu-Spring-88' })).title).toBe('logged in');
    });

    it('a login proved before everything was ended, and not carried to the site yet, opens nothing', async () => {
      const citizen = await signedIn();
      const intruder = new Citizen(service);
      const { action, fields } = (await intruder.browser.open(await site.loginUrl(service.origin))).form(
        'login-submit',
      );
      const proved = await intruder.browser.request(
        'POST',
        action,
        new URLSearchParams({ ...fields, identifier: citizen.phone, password: citizen.password }).toString(),
        { origin: service.origin },
      );
      expect(proved.status).toBe(303);
      service.clock.advance(1);
      await endsAll(citizen);
      await intruder.browser.open(proved.headers.get('location') as string);
      expect(await hop(intruder.browser)).toBe('login_required');
    });

    it('nor does a login whose password was read before everything was ended, and judged after', async () => {
      const citizen = await signedIn();
      const intruder = new Citizen(service);
      const page = await intruder.browser.open(await site.loginUrl(service.origin));
      const gate = gateAt(service.app.get(Passwords), 'check');
      const underWay = intruder.logsIn(page, citizen.phone);
      await gate.reached;
      await endsAll(citizen);
      gate.open();
      expect((await underWay).codes).toEqual(['interaction.expired']);
      expect(await hop(intruder.browser)).toBe('login_required');
    });

    it('a hop that was under way when its session was signed out brings nothing of it back', async () => {
      const citizen = await signedIn();
      const login = site.lastLogin;
      const tab = citizen.browser.copy();
      const gate = gateAt(service.app.get(Accounts), 'standing');
      const underWay = tab.open(await other.loginUrl(service.origin, { prompt: 'none' }));
      await gate.reached;
      await citizen.browser.copy().open(site.logoutUrl(login));
      gate.open();
      expect((await underWay).text).toContain('invalid_grant');
      expect(await hop(tab)).toBe('login_required');
      expect(await hop(citizen.browser)).toBe('login_required');
    });

    it('a code of a request that was under way when everything was ended is worth nothing', async () => {
      const citizen = await signedIn();
      const offline = { scope: 'openid offline_access', prompt: 'consent' };
      const permission = await citizen.browser.open(await site.loginUrl(service.origin, offline));
      await permission.press('permission-submit');
      const again = await citizen.browser.open(await site.loginUrl(service.origin, offline));
      const { action, fields } = again.form('permission-submit');
      const given = await citizen.browser.request('POST', action, new URLSearchParams(fields).toString());
      const gate = gateAt(service.app.get(Accounts), 'standing');
      const underWay = citizen.browser.open(given.headers.get('location') as string);
      await gate.reached;
      await endsAll(citizen);
      gate.open();
      expect((await underWay).text).toContain('invalid_grant');
    });
  });
});
