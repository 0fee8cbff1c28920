import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoSites } from '../../src/config/demo-sites.js';
import type { DemoSite } from '../../src/config/demo-sites.js';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Portal } from '../../src/portal/portal.js';
import { Assets } from '../../src/web/assets.js';
import { portalEnv } from '../../src/portal/portal.env.js';
import type { Browser, Page } from '../support/browser.js';
import { TestCa } from '../support/ca.js';
import { Citizen } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { level, notice } from '../support/portal-site.js';
import { faultsOf } from '../support/page-rules.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, presents } from '../support/signing.js';
import { SITE_SECRET, sitesFile } from '../support/site.js';

const ca = TestCa.root('p256', 'Portal root');
const ANSWERS = {
  street: '花桥街道',
  community: '花桥社区',
  address: '花桥一村 3 栋 2 单元 501',
  since: '2015 年 6 月',
  contactName: '张小三',
  contactPhone: '13800000009',
  relation: '女儿',
  office: '江岸区政务服务中心',
};

const listening = async (): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, done);
  });
  return server;
};

const closed = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((done) => {
    server.close(done);
  });
};

describe.each(PROVINCES)('the demonstration sites (%s)', (province) => {
  const jurisdiction = loadJurisdiction(province, 'demo');
  let service: RunningService;
  let servers: Server[];
  let sites: DemoSite[];

  beforeAll(async () => {
    servers = [await listening(), await listening()];
    sites = servers.map((server, at) => {
      const { port } = server.address() as AddressInfo;
      const name = { 'zh-CN': `站点${at}`, en: `Site ${at}` };
      return { id: `portal-${at}`, port, origin: `http://localhost:${port}`, name };
    });
    // as the built-in ones are registered, at the addresses that were free
    const registered = demoSites(jurisdiction, 3000).map((entry, at) => {
      const { id, origin } = sites[at] as DemoSite;
      const moved = JSON.stringify(entry).replaceAll(`http://localhost:${3001 + at}`, origin);
      return { ...(JSON.parse(moved) as Record<string, unknown>), client_id: id, client_secret: SITE_SECRET };
    });
    service = await startService(province, {
      SITES_FILE: sitesFile(registered),
      AUTHORITIES_FILE: authoritiesFile([ca]),
    });
    servers.forEach((server, at) => {
      const site = sites[at] as DemoSite;
      const other = sites[1 - at] as DemoSite;
      const { id: clientId, port } = site;
      const issuer = service.origin;
      const assets = new Assets(jurisdiction.footer);
      const env = { port, issuer, clientId, clientSecret: SITE_SECRET, site, other, jurisdiction, assets };
      const portal = new Portal(env, () => undefined);
      server.on('request', (request, response) => void portal.handle(request, response));
    });
  });

  afterAll(async () => {
    await service.close();
    await Promise.all(servers.map(closed));
  });

  const home = async (browser: Browser, at: number): Promise<Page> =>
    browser.open(`${(sites[at] as DemoSite).origin}/`);

  it('R-1.2 R-1.3 R-2.5 registers at one site, is known at the other, out at one is out at both', async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    const verification = await citizen.registers(await (await home(browser, 0)).follow('register'));
    const first = await verification.press('verification-skip');
    expect(first.url.href).toBe(`${sites[0]?.origin}/`);
    expect(level(first)).toBe('0');
    const second = await first.follow('other-site');
    expect(second.url.href).toBe(`${sites[1]?.origin}/`);
    expect(level(second)).toBe('0');

    const out = await second.follow('log-out');
    expect(out.url.href).toBe(`${sites[1]?.origin}/signed-out`);
    expect((await home(browser, 0)).has('#log-in')).toBe(true);
    expect((await home(browser, 1)).has('#log-in')).toBe(true);
    expect((await (await home(browser, 0)).follow('log-in')).has('#login-submit')).toBe(true);
  });

  it('R-1.5 R-6.3 R-8.2 a legal entity reports: its certificate and its permission on the way', async () => {
    const at = (path: string) => `${sites[0]?.origin}${path}`;
    const company = new Company(service, province, '示例教育基金会');
    const representative = new Citizen(service);
    await representative.hasAccount(at('/login'), company.entry.representative);
    await representative.waits(61);
    const second = await company.isChecked(await company.browser.open(at('/login')));
    await company.registers(second, representative.phone);
    const own = certifies(ca, company.entry);
    await binds(service, company.entry.creditCode, own);
    const begun = await (await company.browser.open(at('/annual-report'))).follow('report-begin');
    const permission = await presents(begun, own);
    for (const shown of [company.name, '统一社会信用代码']) expect(permission.text).toContain(shown);
    const page = await permission.press('permission-submit');
    expect([page.url.pathname, notice(page), level(page)]).toEqual(['/annual-report', 'certified', '3']);
    expect(page.text).toContain(company.name);
    expect(page.html).not.toContain(company.entry.creditCode);
    expect(faultsOf(page.html, 'zh-CN')).toEqual([]);
  });

  it('R-1.5 R-3.3 R-8.2 applies online: login, verification and permission on the way, nothing typed twice', async () => {
    const who = stubResidents()[5] as { name: string; idNumber: string };
    const citizen = new Citizen(service);
    const form = await (await home(citizen.browser, 0)).follow('apply');
    const login = await form.press('apply-submit', ANSWERS);
    const verification = await citizen.registers(login);
    const declined = await verification.press('verification-skip');
    expect(declined.url.pathname).toBe('/apply');
    expect(notice(declined)).toBe('declined');
    expect(declined.value('address')).toBe(ANSWERS.address);

    const permission = await citizen.verifies(await declined.press('apply-submit'), who);
    expect(permission.path).toMatch(/permission$/);
    const denied = await permission.press('permission-deny');
    expect(notice(denied)).toBe('declined');
    expect(denied.value('address')).toBe(ANSWERS.address);

    const back = await (await denied.press('apply-submit')).press('permission-submit');
    expect(notice(back)).toBe('ready');
    expect(back.value('address')).toBe(ANSWERS.address);
    expect(back.html).not.toContain(who.idNumber);
    const receipt = await back.press('apply-submit');
    expect(receipt.has('#receipt')).toBe(true);
    const front = await receipt.follow('home');
    expect(level(front)).toBe('1');
    for (const page of [form, declined, back, receipt, front]) expect(faultsOf(page.html, 'zh-CN')).toEqual([]);
  });

  it('a login that is cancelled is a sentence at the site', async () => {
    const citizen = new Citizen(service, 'en');
    const login = await (await home(citizen.browser, 1)).follow('log-in');
    expect(login.html).toContain('<html lang="en"');
    const back = await login.press('login-cancel');
    expect(notice(back)).toBe('loginDeclined');
    const refused = await (await back.follow('apply')).press('apply-save', { contactPhone: 'x'.repeat(3000) });
    for (const page of [back, refused]) expect(faultsOf(page.html, 'en')).toEqual([]);
  });
});

describe('a demonstration site’s environment', () => {
  it('names the sites there are when it is told another', () => {
    expect(() => portalEnv({ CLIENT_ID: 'demo-nowhere', JURISDICTION: 'hebei' })).toThrow('demo-hebei, demo-tangshan');
    expect(portalEnv({ CLIENT_ID: 'demo-wuhan', SERVICE_PORT: '4000' })).toMatchObject({
      port: 4002,
      issuer: 'http://localhost:4000',
      other: { id: 'demo-hubei' },
    });
  });
});
