import { createHash } from 'node:crypto';
import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Activity } from '../../src/identity/activity/activity.service.js';
import { Permissions } from '../../src/identity/permissions/permissions.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { ShortLived, storeKey } from '../../src/storage/short-lived.js';
import { Database } from '../../src/storage/transactions.js';
import { uuidv7From } from '../../src/storage/uuid.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import type { Login } from '../support/site.js';

const PERSONAL = ['real_name', 'id_number', 'minor', 'level', 'verified_at', 'verified_by', 'phone_number'];
const hashed = (value: string) => createHash('sha256').update(value).digest('base64url');
/** What the row of a token is known by, whenever the token was made. */
const tail = (id: string) => id.slice(14);
const tailOf = (token: string) => tail(uuidv7From(0, hashed(token)));

describe.each(PROVINCES)('what left for which site (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let county: TestSite;
  let duty: TestSite;

  beforeAll(async () => {
    city = await TestSite.start('city', '城市站点');
    county = await TestSite.start('county', '县级站点');
    duty = await TestSite.start('duty', '履职站点');
    service = await startService(province, {
      SITES_FILE: sitesFile([
        city.metadata({ data_purpose: '办理居住证', 'data_purpose#en': 'Residence permits' }),
        county.metadata({ data_purpose: undefined }),
        duty.metadata({ permission_required: false, data_purpose: '核发社保待遇' }),
      ]),
    });
  });

  afterAll(async () => {
    await service.close();
    await Promise.all([city.close(), county.close(), duty.close()]);
  });

  let next = 5;
  const account = (path = '/sites') => `${service.origin}/account${path}`;
  const person = async (who?: { name: string; idNumber: string }) => {
    const citizen = new Citizen(service);
    const page = await citizen.hasAccount(await city.loginUrl(service.origin), who);
    expect(page.title).toBe('logged in');
    return { citizen, id: city.lastLogin.claims.sub };
  };
  const verified = async () => {
    const who = stubResidents()[(next += 1)] as { name: string; idNumber: string };
    return { ...(await person(who)), who };
  };
  /** A login at a site that asks for scopes or claims; what has to be permitted is. */
  const login = async (citizen: Citizen, site: TestSite, scope: string, more: Record<string, string> = {}) => {
    const page = await citizen.browser.open(
      await site.loginUrl(service.origin, { scope: `openid ${scope}`.trim(), ...more }),
    );
    if (page.has('#permission-submit')) await page.press('permission-submit');
    return site.lastLogin;
  };
  const ledgerOf = (page: Page): string[] =>
    page.all('#ledger li').map(({ text }) =>
      text
        .replace(/\s+/g, ' ')
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, '…')
        .trim(),
    );
  const rowsOf = async (id: string) =>
    service.app
      .get(Database)
      .query<{ id: string; client_id: string; details: { claims: string[] } }>(
        `select id, client_id, details from activity where account_id = $1 and kind = 'release' order by id`,
        [id],
      );

  it('R-8.2 each release: which site, when, what, what for; by duty as well as by permission', async () => {
    const { citizen, who } = await verified();
    await city.userinfo(await login(citizen, city, 'phone'));
    await county.userinfo(await login(citizen, county, 'real_name'));
    const claims = JSON.stringify({ userinfo: { real_name: null } });
    await duty.userinfo(await login(citizen, duty, '', { claims }));
    await city.userinfo(await login(citizen, city, 'profile'));
    const page = await citizen.browser.open(account());
    expect(ledgerOf(page)).toEqual([
      '履职站点 · … 姓名；用途：核发社保待遇',
      '县级站点 · … 姓名、身份证号码、是否未成年、认证等级、认证时间、认证方式；用途：站点没有说明',
      '城市站点 · … 手机号；用途：办理居住证',
    ]);
    expect(page.all('#exempt li').map(({ text }) => text)).toEqual(expect.arrayContaining(['履职站点']));
    for (const secret of [who.name, who.idNumber, citizen.phone]) expect(page.html).not.toContain(secret);
  });

  it('R-8.2 permissions: what, what for, since when; none is there before one is given', async () => {
    const { citizen } = await person();
    expect((await citizen.browser.open(account())).has('#site-revoke-1')).toBe(false);
    await login(citizen, city, 'phone offline_access', { prompt: 'consent' });
    citizen.browser.setCookie(service.origin, 'lang', 'en');
    const page = await citizen.browser.open(account());
    expect(page.all('#permitted li').map(({ text }) => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/城市站点.*while you are away, Mobile number.*Residence permits/),
    ]);
  });

  it('R-8.2 site-revoke-<n> ends the site’s refresh tokens and tells it; nothing leaves any more', async () => {
    const { citizen } = await person();
    const offline = await login(citizen, city, 'phone offline_access', { prompt: 'consent' });
    const other = await login(citizen, county, 'phone');
    const told = city.logoutTokens.length;
    const page = await citizen.browser.open(account());
    const after = await page.press('site-revoke-2');
    expect([after.path, after.status]).toEqual(['/account/sites', 200]);
    await city.told(told + 1);
    expect(logoutToken(city)).toMatchObject({ sid: offline.claims['sid'] });
    await expect(city.refresh(offline)).rejects.toThrow();
    await expect(city.userinfo(offline)).rejects.toThrow();
    expect(await county.userinfo(other)).toHaveProperty('phone_number');
    const again = await citizen.browser.open(await city.loginUrl(service.origin, { scope: 'openid phone' }));
    expect(again.path).toMatch(/permission$/);
    expect(after.all('#permitted li')).toHaveLength(1);
  });

  it('R-8.2 a site with offline access alone is told as well, of the account', async () => {
    const { citizen, id } = await person();
    const offline = await login(citizen, city, 'offline_access', { prompt: 'consent' });
    await citizen.browser.open(city.logoutUrl(offline));
    await citizen.logsIn(await citizen.browser.open(account()));
    const told = city.logoutTokens.length;
    await (await citizen.browser.open(account())).press('site-revoke-1');
    await city.told(told + 1);
    expect(logoutToken(city)).toMatchObject({ sub: id });
    expect(logoutToken(city)).not.toHaveProperty('sid');
    await expect(city.refresh(offline)).rejects.toThrow();
  });

  it('a token that was being issued while its permission was taken back is refused at its first refresh', async () => {
    const { citizen, id } = await person();
    const offline = await login(citizen, city, 'phone offline_access', { prompt: 'consent' });
    await service.app.get(Database).transaction(async (tx) => service.app.get(Permissions).revoke(tx, id, 'city'));
    expect(await city.userinfo(offline)).not.toHaveProperty('phone_number');
    await expect(city.refresh(offline)).rejects.toThrow();
    const inSession = await login(citizen, county, 'phone');
    expect((await county.refresh(inSession)).access_token).toBeDefined();
  });

  it('taking back twice, for a site without one, or for another’s: 404, all the same', async () => {
    const [{ citizen }, neighbour] = [await person(), await person()];
    const theirs = await login(neighbour.citizen, city, 'phone');
    await login(citizen, county, 'phone');
    const page = await citizen.browser.open(account());
    const { fields } = page.form('site-revoke-1');
    for (const clientId of ['city', 'nobody', '']) {
      const refused = await citizen.browser.post(account(), { ...fields, clientId });
      expect([refused.status, refused.codes]).toEqual([404, ['permission.unknown']]);
    }
    expect(await city.userinfo(theirs)).toHaveProperty('phone_number');
    await page.press('site-revoke-1');
    const twice = await page.press('site-revoke-1');
    expect([twice.status, twice.codes]).toEqual([404, ['permission.unknown']]);
    const bare = await citizen.browser.post(account(), { clientId: 'county' });
    expect([bare.status, bare.codes]).toEqual([403, ['form.token']]);
  });

  it('a site that is closed keeps its name and purpose in the ledger', async () => {
    const { citizen } = await person();
    await county.userinfo(await login(citizen, county, 'phone'));
    await service.app.get(SiteRecords).disable('county', { actor: 'cli' });
    await service.app.get(Engine).refresh();
    expect(ledgerOf(await citizen.browser.open(account()))).toEqual(['县级站点 · … 手机号；用途：站点没有说明']);
    await service.app
      .get(Database)
      .query(`update sites set disabled_at = null, updated_at = now() where client_id = 'county'`);
    await service.app.get(Engine).refresh();
  });

  it('the ledger goes on by its last line', async () => {
    const { citizen, id } = await person();
    const activity = service.app.get(Activity);
    for (let line = 0; line < 25; line += 1)
      await activity.release({
        id: uuidv7From(service.clock.ms() - line * 1000, `${id}-${line}`),
        account: id,
        site: 'city',
        claims: ['phone_number'],
      });
    const first = await citizen.browser.open(account());
    const second = await first.follow('older');
    expect([first, second].map((page) => ledgerOf(page).length)).toEqual([20, 5]);
    expect([second.has('#older'), (await second.follow('newest')).path]).toEqual([false, '/account/sites']);
    const nowhere = await citizen.browser.open(account('/sites?before=1'));
    expect([nowhere.status, nowhere.codes]).toEqual([404, ['page.not-found']]);
  });

  it('R-8.2 what cannot be written down does not leave', async () => {
    const { citizen, id } = await person();
    const mine = await login(citizen, city, 'phone');
    const activity = service.app.get(Activity);
    const write = activity.release.bind(activity);
    activity.release = async () => {
      throw new Error('the table is away');
    };
    await expect(city.userinfo(mine)).rejects.toThrow();
    activity.release = write;
    expect(await rowsOf(id)).toEqual([]);
    await city.userinfo(mine);
    expect(await rowsOf(id)).toHaveLength(1);
  });

  it('R-8.2 what a token gives later than the first time joins its row', async () => {
    const { citizen, id } = await verified();
    const mine = await login(citizen, city, 'phone real_name');
    const db = service.app.get(Database);
    const [{ phone }] = (await db.query('select phone from natural_persons where account_id = $1', [id])) as [
      { phone: Buffer },
    ];
    await db.query('update natural_persons set phone = null where account_id = $1', [id]);
    expect(await city.userinfo(mine)).not.toHaveProperty('phone_number');
    await db.query('update natural_persons set phone = $2 where account_id = $1', [id, phone]);
    expect(await city.userinfo(mine)).toHaveProperty('phone_number');
    expect((await rowsOf(id)).map(({ details }) => details.claims)).toEqual([PERSONAL.toSorted()]);
  });

  it('R-8.2 whatever sites do, each token that gave personal data has one row that names it all, and no other has', async () => {
    const { citizen, id } = await verified();
    const sites = { city, county, duty };
    const given = new Map<string, Set<string>>();
    const store = service.app.get(ShortLived);

    /** Userinfo with this token; what it gave has its row before the answer is here. */
    async function asks(site: TestSite, token: Login): Promise<void> {
      const value = token.tokens.access_token;
      const answer = await site.userinfo(token).catch(() => ({}));
      const personal = Object.keys(answer).filter((claim) => PERSONAL.includes(claim));
      if (personal.length === 0) return;
      given.set(tailOf(value), new Set([...(given.get(tailOf(value)) ?? []), ...personal]));
      expect((await rowsOf(id)).filter((row) => tail(row.id) === tailOf(value))).toHaveLength(1);
    }

    const step = record({
      do: constantFrom('login', 'login', 'userinfo', 'userinfo', 'at once', 'refresh', 'revoke', 'forget'),
      site: constantFrom('city', 'county', 'duty'),
      asked: constantFrom('', 'phone', 'real_name', 'phone real_name', 'profile', 'claim'),
      which: nat(5),
    } as const);

    await assert(
      asyncProperty(array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const tokens = [{ site: city, login: await login(citizen, city, 'phone real_name') }];
        const claims = JSON.stringify({ userinfo: { id_number: null } });
        if (tokens[0]) await asks(city, tokens[0].login);
        for (const { do: deed, site: name, asked, which } of steps) {
          const site = sites[name];
          const held = tokens[which % tokens.length] as { site: TestSite; login: Login };
          if (deed === 'login')
            tokens.push({
              site,
              login: await (asked === 'claim' ? login(citizen, site, '', { claims }) : login(citizen, site, asked)),
            });
          if (deed === 'userinfo') await asks(held.site, held.login);
          if (deed === 'at once') await Promise.all([1, 2, 3].map(async () => asks(held.site, held.login)));
          if (deed === 'refresh') {
            const fresh = await held.site.refresh(held.login).catch(() => undefined);
            if (fresh)
              tokens.push({ site: held.site, login: { ...held.login, tokens: { ...held.login.tokens, ...fresh } } });
          }
          if (deed === 'revoke') {
            const page = await citizen.browser.open(account());
            if (page.has('#site-revoke-1')) await page.press('site-revoke-1');
          }
          if (deed === 'forget') await store.delete(storeKey('released', hashed(held.login.tokens.access_token)));
        }
        const rows = await rowsOf(id);
        expect(new Map(rows.map((row) => [tail(row.id), new Set(row.details.claims)]))).toEqual(given);
        expect(rows).toHaveLength(given.size);
      }),
      { numRuns: 15, endOnFailure: true },
    );
    expect(given.size).toBeGreaterThanOrEqual(15);
  });
});

/** What the last logout token says. */
function logoutToken(site: TestSite): Record<string, unknown> {
  const [, payload = ''] = site.logoutTokens.at(-1)?.split('.') ?? [];
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}
