import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { PendingChanges } from '../../src/identity/accounts/pending-changes.service.js';
import { PersonName } from '../../src/shared/person-name.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const DAY_MS = 86_400_000;

describe.each(PROVINCES)('the user centre (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let db: Database;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
    db = service.app.get(Database);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const account = (path = '') => `${service.origin}/account${path}`;
  const resident = (at: number) => stubResidents()[at] as { name: string; idNumber: string };
  const person = async (who?: { name: string; idNumber: string }, language?: string) => {
    const citizen = new Citizen(service, language);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    return { citizen, id: site.lastLogin.claims.sub };
  };

  it('R-8.1 R-8.2 greets by the masked name, says level and what it allows, shows nothing unmasked', async () => {
    const who = resident(4);
    const { citizen } = await person(who);
    const page = await citizen.browser.open(account());
    const masked = PersonName.parse(who.name).masked();
    expect(masked).toMatch(/^.\*+$/u);
    expect(page.title).toBe(province === 'hubei' ? '用户空间' : '账户设置');
    expect(page.text).toContain(`${masked}，您好`);
    expect(page.text).toContain('已实名认证：可以网上办事');
    expect(page.has('#attention')).toBe(false);
    for (const secret of [who.name, who.idNumber, citizen.phone]) expect(page.html).not.toContain(secret);
    expect(page.all('header .tools li').at(-1)?.text).toBe(`${masked} · 退出`);
  });

  it('R-8.1 one plain list of links: each has its line, leads to a page of its own, and comes back', async () => {
    const { citizen } = await person();
    const page = await citizen.browser.open(account());
    const rows = page.all('.rows li');
    expect(rows.map((row) => row.querySelector('a')?.text.trim())).toEqual(
      expect.arrayContaining(['认证等级', '密码', '手机号', '登录设备', '最近活动', '授权记录', '退出']),
    );
    expect(rows.at(-1)?.querySelector('a')?.id).toBe('to-log-out');
    expect(rows.filter((row) => row.querySelector('.hint')?.text === '')).toEqual([]);
    const titles = new Set<string>();
    for (const row of rows) titles.add((await page.follow(row.querySelector('a')?.id ?? '')).title);
    expect(titles.size).toBe(rows.length);
    for (const path of ['/sessions', '/activity', '/sites']) {
      const one = await citizen.browser.open(account(path));
      expect([one.status, (await one.follow('back')).path]).toEqual([200, '/account']);
    }
  });

  it('what needs attention: not verified, no password, changes that wait for their day, each with its way', async () => {
    const { citizen, id } = await person();
    const notes = async () => {
      const page = await citizen.browser.open(account());
      return page.all('#attention a').map((link) => [link.id, link.getAttribute('href')]);
    };
    expect(await notes()).toEqual([['note-unverified', '/account/level']]);
    await db.query('delete from passwords where account_id = $1', [id]);
    const due = new Date(service.clock.ms() + 7 * DAY_MS);
    await db.transaction(async (tx) => {
      for (const kind of ['number-move', 'number-freed', 'deregistration'] as const)
        await service.app.get(PendingChanges).add(tx, { accountId: id, kind, due });
    });
    expect((await notes()).map(([note]) => note)).toEqual([
      'note-deregistration',
      'note-number-move',
      'note-number-freed',
      'note-unverified',
      'note-no-password',
    ]);
    const page = await citizen.browser.open(account());
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(due);
    expect(page.text).toContain(`帐号将于 ${day} 注销`);
  });

  it('R-10.2 in English not a word of Chinese, names apart', async () => {
    const { citizen } = await person(undefined, 'en');
    for (const path of ['', '/sessions', '/activity', '/sites']) {
      const page = await citizen.browser.open(account(path));
      expect(page.text.replaceAll(site.name, '')).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('signed out, each page goes through a login and comes back to itself', async () => {
    const { citizen } = await person();
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    for (const path of ['', '/sessions', '/activity', '/sites']) {
      other.browser.forgetCookies(service.origin);
      const login = await other.browser.open(account(path));
      expect(login.has('#login-submit')).toBe(true);
      expect((await other.logsIn(login)).path).toBe(`/account${path}`);
    }
  });

  it('DESIGN 5 a session older than what ended the account’s sessions is none, even if it is still kept', async () => {
    const { citizen, id } = await person();
    const page = await citizen.browser.open(account('/sessions'));
    service.clock.advance(1);
    await db.transaction(async (tx) => service.app.get(Accounts).invalidateSessions(tx, id));
    expect((await citizen.browser.open(account())).has('#login-submit')).toBe(true);
    const form = await citizen.browser.post(account('/sessions/others'), { _csrf: page.value('_csrf') ?? '' });
    expect([form.status, form.codes]).toEqual([403, ['session.ended']]);
  });

  it('a page that begins at no line there could be is no page', async () => {
    const { citizen } = await person();
    for (const before of ['1', "' or 1=1", 'ffffffff-ffff-ffff-ffff-fffffffffff']) {
      const page = await citizen.browser.open(account(`/activity?before=${encodeURIComponent(before)}`));
      expect([page.status, page.codes]).toEqual([404, ['page.not-found']]);
    }
  });

  it.each([
    ['/sessions', 'mark'],
    ['/sessions/others', undefined],
    ['/sites', 'clientId'],
  ])('a form of %s that no page of ours sent: refused with a clear page, and nothing is done', async (path, field) => {
    const { citizen } = await person();
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    await other.logsIn(await other.browser.open(account()));
    const token = (await citizen.browser.open(account('/sessions'))).value('_csrf') as string;
    const base = new URLSearchParams({ _csrf: token }).toString();
    const send = async (body: string, headers: Record<string, string> = {}) => {
      const answer = await citizen.browser.request('POST', account(path), body, { origin: service.origin, ...headers });
      return [answer.status, /data-code="([^"]+)"/.exec(await answer.text())?.[1]];
    };
    expect(await send(`${base}&role=admin`)).toEqual([400, 'form.unknown-field']);
    expect(await send(`${base}&mark=${'x'.repeat(70_000)}`)).toEqual([413, 'form.too-large']);
    expect(await send('{"a":1}', { 'content-type': 'application/json' })).toEqual([415, 'form.wrong-type']);
    expect(await send(`${base}&mark=%FF%FE`)).toEqual([400, 'request.malformed']);
    expect(await send(base, { origin: 'null' })).toEqual([403, 'form.foreign-origin']);
    if (field) {
      expect(await send(`${base}&${field}=a&${field}=b`)).toEqual([400, 'form.array']);
      expect(await send(`${base}&${field}=a%00`)).toEqual([422, 'form.control-characters']);
      expect((await send(base))[0]).toBe(404);
    }
    const theirs = (await other.browser.open(account('/sessions'))).value('_csrf') as string;
    expect(await send(new URLSearchParams({ _csrf: theirs }).toString())).toEqual([403, 'form.token']);
    expect((await other.browser.open(account())).path).toBe('/account');
  });
});
