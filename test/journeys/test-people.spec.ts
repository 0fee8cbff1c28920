import { readFileSync } from 'node:fs';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { byAlipay } from '../support/alipay-users.js';
import { Citizen } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { walksTheConsoleAsPrinted } from '../support/walk.js';
import { DEMO_CLIENTS, DEMO_SECRET } from '../../src/config/demo-sites.js';
import { stubEnterprises } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { newSoftKey } from '../../src/sandbox/authorities/soft-keys.js';
import { DemoAccounts } from '../../src/sandbox/demo-accounts.service.js';
import { DemoEntities } from '../../src/sandbox/demo-entities.service.js';
import { stubAlipayUsers } from '../../src/sandbox/alipay/alipay-users.js';
import { provokers } from '../../src/sandbox/provoked.js';
import { CreditCode } from '../../src/shared/credit-code.js';

const level = (n: number): string => `urn:tongxing:level:${n}`;

describe.each(PROVINCES)('people and answers for a developer’s tests (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  beforeAll(async () => {
    site = await TestSite.start('portal');
    const free = site.metadata({ permission_required: false });
    service = await startService(province, { SITES_FILE: sitesFile([free]), LIMITS: 'off' });
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  /** Logs in by password. @returns ID token claims and userinfo */
  const loggedIn = async (identifier: string, password: string, more: Record<string, string> = {}) => {
    const citizen = new Citizen(service);
    const scope = 'openid profile phone real_name legal_entity';
    const page = await citizen.browser.open(await site.loginUrl(service.origin, { scope, ...more }));
    expect((await citizen.logsIn(page, identifier, password)).title).toBe('logged in');
    return { ...site.lastLogin.claims, userinfo: await site.userinfo(site.lastLogin) };
  };

  it('a minor and a person of level 2 log in by password', async () => {
    const minor = await loggedIn('13900000004', 'Tongxing-demo-5');
    expect(minor).toMatchObject({ acr: level(1), account_kind: 'person', userinfo: { minor: true } });
    const sure = await loggedIn('13900000005', 'Tongxing-demo-6');
    expect(sure).toMatchObject({ acr: level(2), userinfo: { real_name: '高远', minor: false, verified_by: 'alipay' } });
  });

  it.each(['docs/connect-a-site.md', 'docs/connect-a-site.zh.md'])('%s lists every account', (guide) => {
    const text = readFileSync(guide, 'utf8');
    const accounts = service.app.get(DemoAccounts).list();
    const entities = service.app.get(DemoEntities).list();
    for (const { phone, password } of accounts) expect(text).toContain(`| ${phone} | ${password} |`);
    for (const { creditCode, password } of entities) {
      expect(text.split('\n').find((line) => line.includes(creditCode))).toContain(`| ${password} |`);
    }
  });

  it('an operator of the console and a developer of the city’s site log in there by password', async () => {
    const enters = async (phone: string, password: string) => {
      const citizen = new Citizen(service);
      const page = await citizen.browser.open(`${service.origin}/console`);
      const list = await citizen.logsIn(page, phone, password);
      expect([list.path, list.status]).toEqual(['/console', 200]);
      return list.all('#sites tbody tr td:nth-child(2)').map((cell) => cell.text);
    };
    const citys = province === 'hubei' ? 'demo-wuhan' : 'demo-tangshan';
    expect(await enters('13900000006', 'Tongxing-demo-9')).toEqual(expect.arrayContaining([citys, 'portal']));
    const own = await enters('13900000005', 'Tongxing-demo-6');
    expect(own).toContain(citys);
    expect(own).not.toContain('portal');
  });

  it('the walk through the console that npm start prints leads from a change asked for to one approved', async () => {
    const overview = await (await fetch(`${service.origin}/sandbox/overview`)).text();
    const page = await walksTheConsoleAsPrinted(overview, province === 'hubei' ? 'zh-CN' : 'en');
    expect(page.path).toMatch(/^\/console\/sites\/demo-(wuhan|tangshan)\/changes\?news=approved$/);
    expect(page.all('#changes tbody tr')[0]?.querySelector('[data-state]')?.getAttribute('data-state')).toBe(
      'approved',
    );
  });

  it('a legal entity that the register has struck off has no level and no data', async () => {
    const gone = service.app
      .get(DemoEntities)
      .list()
      .find(({ state }) => state === 'cancelled');
    const found = await loggedIn(gone?.creditCode ?? '', gone?.password ?? '', { kind: 'entity' });
    expect(found).toMatchObject({ acr: level(0), account_kind: 'entity' });
    expect(found.userinfo).not.toHaveProperty('credit_code');
  });

  it('the legal entity with a certificate has the first that is issued to it, and no other', async () => {
    const account = async (code: string) =>
      (await service.app.get(Accounts).find('credit-code', CreditCode.fromCanonical(code))) ?? '';
    const bound = async (code: string) => service.app.get(CertificateBindings).list(await account(code));
    const answer = await fetch(`${service.origin}/sandbox/authorities`);
    const { authorities, entities } = (await answer.json()) as {
      authorities: { id: string; algorithm: 'p256' }[];
      entities: { name: string; creditCode: string }[];
    };
    const counts = [];
    for (const { name, creditCode } of entities) {
      for (const { id, algorithm } of authorities) {
        const publicKey = newSoftKey(algorithm).spki.toString('base64');
        const body = new URLSearchParams({ name, creditCode, publicKey });
        const order = await fetch(`${service.origin}/sandbox/authorities/${id}/certificates`, { method: 'POST', body });
        expect(order.status).toBe(201);
      }
      counts.push((await bound(creditCode)).length);
    }
    expect(counts).toEqual([0, 1]);
    const [first] = authorities;
    const overview = await (await fetch(`${service.origin}/sandbox/overview`)).text();
    const [, code = '', authority, end] =
      /^ {4}(\S+).*certificate bound: (.+), serial number ends in (\w{4})$/m.exec(overview) ?? [];
    const [kept] = await bound(code);
    expect([authority, end]).toEqual([kept?.authorityName.en, kept?.serial.slice(-4).toUpperCase()]);
    expect(kept?.authorityId).toBe(`demo-${first?.id}`);
    const page = await new Citizen(service).browser.open(`${service.origin}/sandbox`);
    expect(page.all('#entity-accounts tbody tr').map((row) => row.text.includes(end as string))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('every refusal that a register can cause is met by typing in who /sandbox names for it', async () => {
    const met = [];
    const all = provokers(stubResidents(), stubEnterprises(), stubAlipayUsers());
    for (const { code, resident, entity, alipay } of all) {
      if (resident) {
        const citizen = new Citizen(service);
        const page = await citizen.registers(await citizen.browser.open(await site.loginUrl(service.origin)));
        met.push([code, (await citizen.verifies(page, { name: resident.name, idNumber: resident.idNumber })).codes[0]]);
      }
      if (alipay) {
        const login = await new Citizen(service).browser.open(await site.loginUrl(service.origin));
        met.push([code, (await byAlipay(login, alipay)).codes[0]]);
      }
      if (entity) {
        const company = new Company(service, province, entity.name);
        const login = await company.browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
        met.push([code, (await company.isChecked(login)).codes[0]]);
      }
    }
    expect(met).toEqual(all.map(({ code }) => [code, code]));
    expect(met).toHaveLength(16);
    const page = await (await fetch(`${service.origin}/sandbox`, { headers: { accept: 'text/html' } })).text();
    for (const { code } of all) expect(page).toContain(code);
  });

  it('sites in the making have client data that npm start prints', async () => {
    const overview = await (await fetch(`${service.origin}/sandbox/overview`)).text();
    expect(overview).toContain(DEMO_SECRET);
    for (const { id, callback } of DEMO_CLIENTS) {
      expect(overview).toContain(`${id}  ${callback}`);
      const query = new URLSearchParams({
        client_id: id,
        redirect_uri: callback,
        response_type: 'code',
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      });
      const page = await new Citizen(service).browser.open(`${service.origin}/oidc/auth?${query}`);
      expect(page.has('#login-submit')).toBe(true);
    }
  });
});
