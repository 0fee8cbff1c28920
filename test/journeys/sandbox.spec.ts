import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { Citizen, freshPhone } from '../support/citizen.js';
import { freshDatabase } from '../support/database.js';
import { testEnv } from '../support/env.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { AppModule } from '../../src/app.module.js';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { SandboxModule } from '../../src/sandbox/sandbox.module.js';

const LEVEL_1 = 'urn:tongxing:level:1';
const BROUGHT = [
  { name: '张三', idNumber: '420106199003071019' },
  { name: '刘洋', idNumber: '13010219880615808x' },
];

describe('the sandbox', () => {
  let service: RunningService;
  let site: TestSite;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    site = await TestSite.start('city');
    const people = join(mkdtempSync(join(tmpdir(), 'tongxing-people-')), 'people.json');
    writeFileSync(people, JSON.stringify(BROUGHT));
    // Not from the template: its verified account was made without this file.
    database = await freshDatabase({ empty: true });
    service = await startService('hubei', {
      DATABASE_URL: database.url,
      SITES_FILE: sitesFile([site.metadata()]),
      STUB_RESIDENTS_FILE: people,
    });
  });
  afterAll(async () => {
    await service.close();
    await site.close();
    await database.drop();
  });

  const get = async (path: string, accept = 'application/json') =>
    fetch(service.origin + path, { headers: { accept } });
  const advance = async (seconds: string) =>
    fetch(`${service.origin}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ advance: seconds }) });

  /** What the terminal is told, as rows of what the pattern holds. */
  const printed = async (pattern: RegExp): Promise<string[][]> => {
    const text = await (await get('/sandbox/overview')).text();
    return [...text.matchAll(pattern)].map((found) => found.slice(1));
  };

  it('hands out messages, newest first, and an empty list for a number that got none', async () => {
    expect(await (await get(`/sandbox/sms?phone=${freshPhone()}`)).json()).toEqual([]);
    const citizen = new Citizen(service);
    await citizen.asksForCode(await citizen.browser.open(await site.loginUrl(service.origin)));
    const [message] = (await (await get(`/sandbox/sms?phone=${citizen.phone}`, '*/*')).json()) as object[];
    expect(message).toEqual({
      phone: citizen.phone,
      code: expect.stringMatching(/^\d{6}$/),
      text: expect.stringContaining('工作人员不会向您索要验证码'),
      sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('shows messages to a person as a page', async () => {
    const answer = await get('/sandbox/sms?phone=13700000000', 'text/html,application/xhtml+xml');
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('还没有短信');
  });

  it('knows the answer of a picture, and of no other', async () => {
    const citizen = new Citizen(service);
    const page = await (await citizen.browser.open(await site.loginUrl(service.origin))).follow('register');
    expect(await citizen.captcha(page)).toEqual({ captcha: expect.stringMatching(/^\w{4,6}$/) });
    expect((await get('/sandbox/captcha/none')).status).toBe(404);
  });

  it('moves the clock forward, never back', async () => {
    const before = service.clock.ms();
    const answer = await advance('3600');
    const { now } = (await answer.json()) as { now: string };
    expect(answer.status).toBe(200);
    expect(Date.parse(now) - before).toBeGreaterThanOrEqual(3_600_000);
    for (const junk of ['-1', '', 'soon', '1e99', 'Infinity']) expect((await advance(junk)).status).toBe(422);
    expect(service.clock.ms() - before).toBeLessThan(3_660_000);
  });

  it('has accounts that are not verified, verified, disabled, a minor’s, and two of level 2 with a role in the console', async () => {
    const accounts = await printed(/^ {4}(1\d{10}) {2}(\S+) {2}\S+ · (.+)$/gm);
    const outcomes = await Promise.all(
      accounts.map(async ([phone, password]) => {
        const citizen = new Citizen(service);
        const page = await citizen.browser.open(await site.loginUrl(service.origin));
        return (await citizen.logsIn(page, phone, password)).title;
      }),
    );
    expect(accounts.map(([, , state], at) => [state, outcomes[at] === 'logged in'])).toEqual([
      ['not verified', true],
      ['verified', true],
      ['disabled', false],
      ['verified, a minor', true],
      ['verified by Alipay, level 2; developer of Wuhan government services', true],
      ['verified by Alipay, level 2; operator of the console', true],
    ]);
  });

  it('has a legal entity that logs in, and tells which entities the register knows', async () => {
    const [[identifier, password] = []] = await printed(/^ {4}(9[0-9A-Z]{17}) {2}(\S+) {2}演示/gm);
    const citizen = new Citizen(service);
    const page = await citizen.browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    expect((await citizen.logsIn(page, identifier, password)).title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({ account_kind: 'entity', acr: LEVEL_1 });
    const html = parse(await (await get('/sandbox', 'text/html')).text());
    const states = html.querySelectorAll('#entities tbody tr').map((row) => row.querySelectorAll('td').at(-1)?.text);
    expect(states).toEqual(expect.arrayContaining(['在业', '已注销', '已吊销', '系统没有回应', '已经有帐号']));
    expect(html.querySelector('#entity-accounts')?.text).toContain(password);
    expect(html.querySelectorAll('#clients tbody tr')).toHaveLength(3);
  });

  it('folds what few look for, without script; every part has its heading, and an authority’s link leads to an open one', async () => {
    const html = parse(await (await get('/sandbox', 'text/html')).text());
    const parts = html.querySelectorAll('main details');
    expect(parts.every((part) => part.querySelectorAll('summary h2').length === 1)).toBe(true);
    expect(html.querySelectorAll('main h2')).toHaveLength(parts.length);
    const isOpen = (id: string) => html.querySelector(`#${id}`)?.closest('details')?.hasAttribute('open');
    for (const id of ['look', 'people', 'accounts', 'entity-accounts', 'certificates'])
      expect([id, isOpen(id)]).toEqual([id, true]);
    for (const id of ['provoked', 'alipay-users', 'entities', 'clients']) expect([id, isOpen(id)]).toEqual([id, false]);
  });

  it('tells how to log in with a certificate, and where its stand-in for a USB key is', async () => {
    const [{ origin = '' } = {}] = testEnv({ PORT: new URL(service.origin).port }).assistants;
    expect(await (await get('/sandbox/overview')).text()).toContain(`Certificates: ${origin} is`);
    const html = parse(await (await get('/sandbox', 'text/html')).text());
    expect(html.querySelector('a#assistant')?.getAttribute('href')).toBe(origin);
    expect(html.querySelector('h2#certificates')).not.toBeNull();
  });

  it('leaves everybody of a residents file free to be verified, and tells who is not any more', async () => {
    const people = async () => printed(/^ {4}(\d{17}[\dX]) {2}(.*)$/gm);
    expect((await people()).map(([, name]) => name)).toEqual(BROUGHT.map(({ name }) => name));
    for (const [idNumber, name] of await people()) {
      const who = { name: name as string, idNumber: idNumber as string };
      const citizen = new Citizen(service);
      const page = await citizen.hasAccount(await site.loginUrl(service.origin), who);
      expect([page.title, site.lastLogin.claims['acr']]).toEqual(['logged in', LEVEL_1]);
    }
    expect(await people()).toEqual([]);
    expect(await (await get('/sandbox', 'text/html')).text()).toContain('已用于一个帐号');
  });

  it('has a page with the people, and what each of them provokes', async () => {
    const page = parse(await (await get('/sandbox', 'text/html')).text());
    const rows = page
      .querySelectorAll('#people tbody tr')
      .map((row) => row.querySelectorAll('td').map(({ text }) => text));
    expect(rows).toEqual(BROUGHT.map(({ name, idNumber }) => [name, idNumber.toUpperCase(), expect.any(String)]));
  });
});

describe('in production', () => {
  it('there is no sandbox', () => {
    const jurisdiction = loadJurisdiction('hubei', 'demo');
    const importsOf = (realm: 'demo' | 'production') => AppModule.for({ ...testEnv(), realm }, jurisdiction).imports;
    expect(importsOf('demo')).toContain(SandboxModule);
    expect(importsOf('production')).not.toContain(SandboxModule);
  });
});
