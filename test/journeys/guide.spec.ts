import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { DEMO_CLIENTS } from '../../src/config/demo-sites.js';
import { texts } from '../../src/locales/texts.js';
import type { Language } from '../../src/locales/texts.js';
import { CAUSES, OTHER } from '../../src/oidc/errors/causes.js';
import type { Cause, CausePart, CauseRule } from '../../src/oidc/errors/causes.js';
import { causeAnchor, partAnchor } from '../../src/oidc/errors/guide.js';
import { DELIVERY_CAUSES, deliveryAnchor } from '../../src/oidc/logout/delivery-causes.js';
import { CLAIMS_OF, SCOPES } from '../../src/oidc/scopes.js';
import { faultsOf } from '../../src/oidc/sites/site-faults.js';
import { DemoAccounts } from '../../src/sandbox/demo-accounts.service.js';
import { DemoEntities } from '../../src/sandbox/demo-entities.service.js';
import { Citizen } from '../support/citizen.js';
import { basic } from '../support/protocol.js';
import { breaches } from '../support/json-schema.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const GUIDES = ['docs/connect-a-site.md', 'docs/connect-a-site.zh.md'];
const SCHEMAS = JSON.parse(readFileSync('docs/connect-a-site.schema.json', 'utf8')) as Parameters<typeof breaches>[0];
const AT = 1_790_000_000;
/** What differs from run to run, as the guide shows it. */
const SHOWN: Record<string, unknown> = {
  sub: '019a0000-0000-7000-8000-000000000001',
  sid: 'dIyBTFNzK9eaOIvrKEi2Y',
  nonce: 'n-0S6_WzA2Mj',
  jti: 'bWJq',
  at_hash: '77QmUPtjPfzWtF2AnpK9RQ',
  aud: 'portal',
  iss: 'https://account.example.gov.cn',
  iat: AT,
  auth_time: AT - 60,
  updated_at: AT - 86_400,
  verified_at: AT - 86_400,
  access_token: 'yqFsrJcq…',
  refresh_token: 'R8tSjZqi…',
  id_token: 'eyJhbGciOiJSUzI1NiIs…',
};

const shown = (value: { iat?: number; exp?: number }): object => {
  const lives = (value.exp ?? 0) - (value.iat ?? 0);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === 'exp' ? AT + lives : (SHOWN[name] ?? (one as unknown))]),
  );
};
const BLOCK = /<!-- example: ([\w-]+) -->\n```json\n([^]*?)\n```/g;
const QUOTED = /<!-- from: (\S+) -->\n```\w+\n([^]*?)\n```/g;
const DELIVERIES_BLOCK = /<!-- deliveries -->\n[^]*?<!-- \/deliveries -->/;
const CAUSES_BLOCK = /<!-- causes -->\n[^]*?<!-- \/causes -->/;

/** The list of causes as the guide has it: from the texts that the console shows. */
function causesIn(language: Language): string {
  const { faultCauses, consoleFaults } = texts(language);
  const row = (cause: Cause) => {
    const { title, expected, cure } = faultCauses[cause];
    return `| <a id="${causeAnchor(cause)}"></a>${title} | ${expected} | ${cure} |`;
  };
  const table = (rows: readonly CauseRule[]) => rows.map(({ cause }) => row(cause)).join('\n');
  const { expected, cure, cause } = consoleFaults;
  const head = `| ${cause} | ${expected} | ${cure} |\n| --- | --- | --- |`;
  return [...Object.entries(CAUSES), ['other', [OTHER]] as const]
    .map(
      ([part, rules]) =>
        `<a id="${partAnchor(part)}"></a>**${consoleFaults.parts[part as CausePart]}**\n\n${head}\n${table(rules)}`,
    )
    .join('\n\n');
}
/** The list of reasons why a logout token was not taken, from the same texts. */
function deliveriesIn(language: Language): string {
  const { deliveryReasons, consoleDeliveries } = texts(language);
  const { reason, cure } = consoleDeliveries;
  const rows = DELIVERY_CAUSES.map(
    (cause) =>
      `| <a id="${deliveryAnchor(cause)}"></a>${deliveryReasons[cause].title} | ${deliveryReasons[cause].cure} |`,
  );
  return [`| ${reason} | ${cure} |`, '| --- | --- |', ...rows].join('\n');
}
const plain = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');

describe('the guide docs/connect-a-site', () => {
  let service: RunningService;
  let site: TestSite;
  const made: Record<string, object> = {};
  beforeAll(async () => {
    site = await TestSite.start('portal');
    const entry = site.metadata({ permission_required: false });
    service = await startService('hubei', { SITES_FILE: sitesFile([entry]) });
    const log = async (account: { identifier: string; password: string }, scope: string, kind?: string) => {
      const more = { scope, ...(kind === undefined ? {} : { kind }) } as Record<string, string>;
      const citizen = new Citizen(service);
      const page = await citizen.browser.open(await site.loginUrl(service.origin, more));
      await citizen.logsIn(page, account.identifier, account.password);
      const { tokens, claims } = site.lastLogin;
      return { citizen, tokens, claims, userinfo: await site.userinfo(site.lastLogin) };
    };
    const person = (state: string) => {
      const { phone, password } =
        service.app
          .get(DemoAccounts)
          .list()
          .find((one) => one.state === state) ?? {};
      return { identifier: phone ?? '', password: password ?? '' };
    };
    const [company] = service.app.get(DemoEntities).list();
    const entity = { identifier: company?.creditCode ?? '', password: company?.password ?? '' };

    const unverified = await log(person('unverified'), 'openid profile phone real_name');
    made['id-token-level-0'] = unverified.claims;
    made['userinfo-level-0'] = unverified.userinfo;
    const verified = await log(person('verified'), 'openid');
    const refresh = { grant_type: 'refresh_token', refresh_token: verified.tokens.refresh_token ?? '' };
    const answer = await fetch(`${service.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: basic(site.id) },
      body: new URLSearchParams(refresh),
    });
    made['token'] = (await answer.json()) as object;
    made['id-token-level-1'] = verified.claims;
    made['userinfo-openid'] = verified.userinfo;
    for (const scope of ['profile', 'phone', 'real_name'])
      made[`userinfo-${scope}`] = (await log(person('verified'), `openid ${scope}`)).userinfo;
    const sure = await log(person('level-2'), 'openid real_name');
    made['id-token-level-2'] = sure.claims;
    made['userinfo-real_name-level-2'] = sure.userinfo;
    const legal = await log(entity, 'openid legal_entity', 'entity');
    made['id-token-entity'] = legal.claims;
    made['userinfo-legal_entity'] = legal.userinfo;
    const out = await legal.citizen.browser.open(site.logoutUrl(site.lastLogin));
    if (out.has('#logout-confirm')) await out.press('logout-confirm');
    await site.told(1);
    made['logout-token'] = decodeJwt(site.logoutTokens[0] ?? '');
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const schemaOf = (name: string): string => (/^(id-token|userinfo|logout-token|token)/.exec(name) ?? [])[0] ?? '';

  it('R-1.2 R-8.2 what the service answers keeps to the JSON Schemas, scope by scope and level by level', () => {
    for (const [name, value] of Object.entries(made)) {
      const schema = { ...SCHEMAS, $ref: `#/$defs/${schemaOf(name)}` };
      expect([name, breaches(schema, JSON.parse(JSON.stringify(value)))]).toEqual([name, []]);
    }
    const known = Object.keys(SCHEMAS.$defs?.['userinfo']?.properties ?? {}).toSorted((a, b) => a.localeCompare(b));
    const told = ['sub', ...Object.values(CLAIMS_OF).flat()].toSorted((a, b) => a.localeCompare(b));
    expect(known).toEqual(told);
    expect(breaches({ ...SCHEMAS, $ref: '#/$defs/userinfo' }, { sub: 'x', email: 'x' })).not.toEqual([]);
  });

  it.each(GUIDES)('%s shows what the service answers, and every answer (WRITE_GUIDE=1 writes it anew)', (guide) => {
    const text = readFileSync(guide, 'utf8');
    const named = [...text.matchAll(BLOCK)].map(([, name]) => name ?? '');
    expect(named).toEqual(expect.arrayContaining(Object.keys(made)));
    const written = text.replace(BLOCK, (whole, name: string) => {
      const value = made[name];
      if (!value) return whole;
      return `<!-- example: ${name} -->\n\`\`\`json\n${JSON.stringify(shown(value), null, 2)}\n\`\`\``;
    });
    if (process.env['WRITE_GUIDE'] === '1') writeFileSync(guide, written);
    expect(readFileSync(guide, 'utf8')).toBe(written);
  });

  it.each(GUIDES)('%s quotes the examples as they run, and names files that exist', (guide) => {
    const text = readFileSync(guide, 'utf8');
    const quotes = [...text.matchAll(QUOTED)];
    expect(quotes.length).toBeGreaterThanOrEqual(3);
    for (const [, file = '', quoted = ''] of quotes) expect(plain(readFileSync(file, 'utf8'))).toContain(plain(quoted));
    for (const [, file = ''] of text.matchAll(/`((?:examples|docs)\/[\w./-]+)`/g))
      expect([file, existsSync(file)]).toEqual([file, true]);
  });

  it.each(GUIDES)(
    '%s has an example entry that production takes, and the clients, people and scopes there are',
    (guide) => {
      const text = readFileSync(guide, 'utf8');
      const entry = JSON.parse([...text.matchAll(BLOCK)].find(([, name]) => name === 'site')?.[2] ?? 'null') as object;
      expect(faultsOf(entry, true)).toEqual([]);
      for (const { id, callback } of DEMO_CLIENTS) for (const part of [id, callback]) expect(text).toContain(part);
      for (const { phone, password } of service.app.get(DemoAccounts).list())
        for (const part of [phone, password]) expect(text).toContain(part);
      for (const { creditCode, password } of service.app.get(DemoEntities).list())
        for (const part of [creditCode, password]) expect(text).toContain(part);
      for (const scope of SCOPES.filter((one) => one !== 'app')) expect(text).toContain(`\`${scope}\``);
      const minutes = loadJurisdiction('hubei', 'demo').lifetimes.interactionMinutes;
      expect(text).toContain(`${minutes} `);
    },
  );

  it.each(GUIDES)('%s has every cause of an error, with the anchor that error pages lead to', (guide) => {
    const text = readFileSync(guide, 'utf8');
    const language = guide.includes('.zh.') ? 'zh-CN' : 'en';
    const written = text.replace(CAUSES_BLOCK, () => `<!-- causes -->\n${causesIn(language)}\n<!-- /causes -->`);
    if (process.env['WRITE_GUIDE'] === '1') writeFileSync(guide, written);
    expect(readFileSync(guide, 'utf8')).toBe(written);
    expect(written).toContain('<a id="error-redirect-uri"></a>');
  });

  it.each(GUIDES)(
    '%s has every reason why a logout token was not taken, with the anchor that the console leads to',
    (guide) => {
      const text = readFileSync(guide, 'utf8');
      const language = guide.includes('.zh.') ? 'zh-CN' : 'en';
      const block = `<!-- deliveries -->\n${deliveriesIn(language)}\n<!-- /deliveries -->`;
      const written = text.replace(DELIVERIES_BLOCK, () => block);
      if (process.env['WRITE_GUIDE'] === '1') writeFileSync(guide, written);
      expect(readFileSync(guide, 'utf8')).toBe(written);
      expect(written).toContain('<a id="delivery-answered-400"></a>');
    },
  );

  it('both guides have the same examples in the same order', () => {
    const shape = (guide: string) =>
      [...readFileSync(guide, 'utf8').matchAll(/<!-- (example|from): (\S+) -->/g)].map(([, , name]) => name);
    expect(shape(GUIDES[1] as string)).toEqual(shape(GUIDES[0] as string));
  });
});
