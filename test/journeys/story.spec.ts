import { Citizen } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('one account, two sites (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let provincial: TestSite;

  beforeAll(async () => {
    city = await TestSite.start('city', '城市站点');
    provincial = await TestSite.start('provincial', '省级站点');
    service = await startService(province, { SITES_FILE: sitesFile([city.metadata(), provincial.metadata()]) });
  });

  afterAll(async () => {
    await service.close();
    await city.close();
    await provincial.close();
  });

  it('R-1.1 R-1.2 R-2.1 R-2.5 R-3.1 registers, verifies, comes back, and is known at the second site', async () => {
    const citizen = new Citizen(service);
    const start = await citizen.browser.open(await city.loginUrl(service.origin));
    expect(start.text).toContain('城市站点');
    const verification = await citizen.registers(start);
    expect(verification.path).toMatch(/^\/interaction\/[\w-]+\/verification$/);
    expect((await citizen.verifies(verification)).title).toBe('logged in');
    expect(city.lastLogin.claims).toMatchObject({
      acr: 'urn:tongxing:level:1',
      amr: ['pwd', 'sms'],
      account_kind: 'person',
    });
    expect(city.lastLogin.claims['sid']).toEqual(expect.any(String));

    const second = await citizen.browser.open(await provincial.loginUrl(service.origin));
    expect(second.title).toBe('logged in');
    expect(provincial.lastLogin.claims.sub).toBe(city.lastLogin.claims.sub);
  });

  it('R-1.3 logging out at one site logs out of all of them', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    await citizen.browser.open(await provincial.loginUrl(service.origin));
    const before = [city.logoutTokens.length, provincial.logoutTokens.length] as const;

    const out = await citizen.browser.open(city.logoutUrl(city.lastLogin, { state: 'abc' }));
    expect(out.url.href).toBe(`${city.origin}/signed-out?state=abc`);
    await city.told(before[0] + 1);
    await provincial.told(before[1] + 1);

    const again = await citizen.browser.open(await provincial.loginUrl(service.origin, { prompt: 'none' }));
    expect(again.text).toBe('login_required');
  });

  it('R-1.3 closing the browser ends the session', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    citizen.browser.closeAndReopen();
    const page = await citizen.browser.open(await provincial.loginUrl(service.origin));
    expect(page.has('#login-submit')).toBe(true);
  });

  it('R-4.1 logs in with number and password', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    const other = new Citizen(service);
    const page = await other.browser.open(await city.loginUrl(service.origin));
    expect((await other.logsIn(page, citizen.phone)).title).toBe('logged in');
    expect(city.lastLogin.claims.amr).toEqual(['pwd']);
  });

  it('R-1.5 R-3.3 a site that demands level 1 gets it, with the same request', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:tongxing:level:1'] } } });
    const page = await citizen.browser.open(await city.loginUrl(service.origin, { claims }));
    expect(page.path).toMatch(/verification$/);
    const declined = await page.press('verification-skip');
    expect(declined.text).toBe('access_denied');

    const again = await citizen.browser.open(await city.loginUrl(service.origin, { claims }));
    const people = (await import('../../src/gateways/identity-verifier/identity-verifier.stub.js')).stubResidents();
    const { name, idNumber } = people[2] as { name: string; idNumber: string };
    expect((await citizen.verifies(again, { name, idNumber })).title).toBe('logged in');
    expect(city.lastLogin.claims.acr).toBe('urn:tongxing:level:1');
  });

  it('R-8.2 name and number leave only with permission, masked before', async () => {
    const citizen = new Citizen(service);
    const people = (await import('../../src/gateways/identity-verifier/identity-verifier.stub.js')).stubResidents();
    const { name, idNumber } = people[4] as { name: string; idNumber: string };
    await citizen.hasAccount(await city.loginUrl(service.origin), { name, idNumber });
    const page = await citizen.browser.open(await city.loginUrl(service.origin, { scope: 'openid real_name phone' }));
    expect(page.path).toMatch(/permission$/);
    expect(page.html).not.toContain(idNumber);
    expect((await page.press('permission-submit')).title).toBe('logged in');
    expect(await city.userinfo(city.lastLogin)).toMatchObject({
      real_name: name,
      id_number: idNumber,
      phone_number: `+86${citizen.phone}`,
    });
    const silent = await citizen.browser.open(
      await city.loginUrl(service.origin, { scope: 'openid real_name phone', prompt: 'none' }),
    );
    expect(silent.title).toBe('logged in');
    const elsewhere = await citizen.browser.open(
      await provincial.loginUrl(service.origin, { scope: 'openid real_name', prompt: 'none' }),
    );
    expect(elsewhere.text).toBe('consent_required');
  });
});
