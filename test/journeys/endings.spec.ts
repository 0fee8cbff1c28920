import { decodeJwt } from 'jose';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Endings } from '../../src/oidc/endings.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { Phone } from '../../src/shared/phone.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen } from '../support/citizen.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe('every way a session ends', () => {
  let service: RunningService;
  let site: TestSite;
  let other: TestSite;

  beforeAll(async () => {
    [site, other] = await Promise.all([TestSite.start('site'), TestSite.start('other')]);
    service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata(), other.metadata()]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
    await other.close();
  });

  /** Somebody logged in at both sites. */
  const inside = async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    await citizen.browser.open(await other.loginUrl(service.origin));
    const account = (await service.app.get(Accounts).find('phone', Phone.parse(citizen.phone))) as string;
    return {
      citizen,
      account,
      login: site.lastLogin,
      told: [site.logoutTokens.length, other.logoutTokens.length] as const,
    };
  };

  const isOut = async (citizen: Citizen): Promise<boolean> =>
    (await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }))).text === 'login_required';

  it('disabling an account ends its sessions and tokens, tells its sites, and closes the way in', async () => {
    const { citizen, account, login, told } = await inside();
    await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, account));
    await service.app.get(Sessions).endAll(account);
    await site.told(told[0] + 1);
    await other.told(told[1] + 1);
    expect(await isOut(citizen)).toBe(true);
    await expect(site.userinfo(login)).rejects.toThrow();
    await expect(site.refresh(login)).rejects.toThrow();
    const page = await citizen.browser.open(await site.loginUrl(service.origin));
    expect((await citizen.logsIn(page)).codes).toContain('login.failed');
  });

  it('an offline token dies with the disabling, and a site without a live session is told by the subject alone', async () => {
    const { citizen, account } = await inside();
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    await (await citizen.browser.open(await site.loginUrl(service.origin, offline))).press('permission-submit');
    const login = site.lastLogin;
    await citizen.waits(31 * 60);
    expect((await site.refresh(login)).access_token).toEqual(expect.any(String));
    const told = site.logoutTokens.length;
    await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, account));
    await service.app.get(Sessions).endAll(account);
    await site.told(told + 1);
    const token = decodeJwt(site.logoutTokens.at(-1) as string);
    expect([token.sub, 'sid' in token]).toEqual([account, false]);
    await expect(site.refresh(login)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('a late token for the subject alone spares who has logged in at the site anew', async () => {
    const { citizen, account } = await inside();
    await citizen.waits(31 * 60);
    site.backChannelStatus = 503;
    await service.app
      .get(Database)
      .transaction(async (tx) => service.app.get(Accounts).invalidateSessions(tx, account));
    await service.app.get(Sessions).endAll(account);
    site.backChannelStatus = 200;
    expect((await citizen.logsIn(await citizen.browser.open(await site.loginUrl(service.origin)))).title).toBe(
      'logged in',
    );
    const told = [site.logoutTokens.length, other.logoutTokens.length];
    await citizen.waits(31);
    expect([site.logoutTokens.length, other.logoutTokens.length]).toEqual(told);
  });

  it('a session older than validFrom is not found, even when nobody has ended it', async () => {
    const { citizen, account, login } = await inside();
    service.clock.advance(1);
    await service.app
      .get(Database)
      .transaction(async (tx) => service.app.get(Accounts).invalidateSessions(tx, account));
    expect(await isOut(citizen)).toBe(true);
    await expect(site.refresh(login)).rejects.toThrow();
    const page = await citizen.browser.open(await site.loginUrl(service.origin));
    expect((await citizen.logsIn(page)).title).toBe('logged in');
  });

  it('what ends with a commit ends although the process died right after it; a login that came later goes on', async () => {
    const { citizen, account, login, told } = await inside();
    service.clock.advance(1);
    const { app } = service;
    await app.get(Database).transaction(async (tx) => {
      await app.get(Accounts).invalidateSessions(tx, account);
      await app.get(Endings).promise(tx, account);
    });
    service.clock.advance(1);
    const later = new Citizen(service);
    await later.logsIn(await later.browser.open(await site.loginUrl(service.origin)), citizen.phone);
    const fresh = site.lastLogin;
    await citizen.waits(61);
    await site.told(told[0] + 1);
    await other.told(told[1] + 1);
    expect([site.logoutTokens.length, other.logoutTokens.length]).toEqual([told[0] + 1, told[1] + 1]);
    await expect(site.userinfo(login)).rejects.toThrow();
    expect(await isOut(citizen)).toBe(true);
    expect(await isOut(later)).toBe(false);
    expect((await site.userinfo(fresh)).sub).toBe(account);
    expect((await site.refresh(fresh)).access_token).toBeDefined();
  });

  it('ending all but one spares that one', async () => {
    const { citizen, account, login } = await inside();
    const elsewhere = new Citizen(service);
    await elsewhere.logsIn(
      await elsewhere.browser.open(await site.loginUrl(service.origin)),
      citizen.phone,
      citizen.password,
    );
    const sessions = service.app.get(Sessions);
    const mine = (await sessions.list(account)).find(({ sites }) => sites.includes('other')) as { uid: string };
    service.clock.advance(1);
    await service.app
      .get(Database)
      .transaction(async (tx) => service.app.get(Accounts).invalidateSessions(tx, account));
    await sessions.endAll(account, { spare: mine.uid });
    expect(await isOut(elsewhere)).toBe(true);
    expect(await isOut(citizen)).toBe(false);
    expect(login.claims.sub).toBe(account);
  });

  it('a site gone from the file is disabled and its tokens end; a changed secret loses no session', async () => {
    const { citizen, login } = await inside();
    const engine = service.app.get(Engine);
    const changed = { ...site.metadata(), client_secret: 'another-secret-of-the-tests-another-secret-of-tests' };
    await engine.apply([changed], 'cli');
    await engine.refresh();
    const gone = await citizen.browser.open(await other.loginUrl(service.origin));
    expect(gone.text).toContain('invalid_client');
    await expect(other.userinfo(other.lastLogin)).rejects.toThrow();
    expect((await site.userinfo(login)).sub).toBe(login.claims.sub);
    expect(
      (await citizen.browser.request('GET', await site.loginUrl(service.origin, { prompt: 'none' }))).headers.get(
        'location',
      ),
    ).toContain('code=');
  });
});
