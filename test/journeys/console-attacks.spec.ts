import { Engine } from '../../src/oidc/engine.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { SiteChanges } from '../../src/oidc/sites/site-changes.service.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import type { Staff } from '../support/staff.js';
import { granted, staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(4);
type Resident = (typeof residents)[number];

describe('what bad input gets in the console', () => {
  let service: RunningService;
  let city: TestSite;
  let operator: Staff;
  let ofCity: Staff;
  let ofCounty: Staff;

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    const pairwise = { subject_type: 'pairwise', redirect_uris: ['https://pair.example/callback'] };
    service = await startService('hubei', {
      SITES_FILE: sitesFile([
        city.metadata(),
        city.metadata({ client_id: 'county', client_name: '嘉鱼县' }),
        city.metadata({ client_id: 'pair', client_name: '成对', ...pairwise }),
      ]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, residents[0] as Resident);
    ofCity = await staff(service, city, residents[1] as Resident, { of: 'city' });
    ofCounty = await staff(service, city, residents[2] as Resident, { of: 'county' });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
  });

  const at = (path: string) => `${service.origin}/console/${path}`;
  const opens = async ({ citizen }: Staff, path: string) => citizen.browser.open(at(path));
  const asks = async (who: Staff, id: string, values: Record<string, string>) =>
    (await opens(who, `sites/${id}/edit`)).press('edit-submit', values);
  const latest = async (id: string) => (await service.app.get(SiteChanges).of(id, { limit: 1 }))[0];
  const rowsOf = async (id: string) => (await service.app.get(SiteChanges).of(id, { limit: 1000 })).length;
  const registered = async (id: string) => (await service.app.get(SiteRecords).get(id)).metadata;
  const seen = (page: Page) => [page.status, page.codes];
  const NOT_THERE = [404, ['page.not-found']];

  it('a developer of one site reads and does nothing of another, by whatever route: it is not there', async () => {
    expect((await asks(ofCounty, 'county', { dataPurpose: '别的用途' })).path).toContain('news=waits');
    const waiting = (await latest('county'))?.id as string;
    const [first] = await service.app.get(SiteChanges).of('city', { limit: 1 });
    const before = [await registered('county'), await rowsOf('county')];
    for (const path of [
      'edit',
      'changes',
      `changes/${waiting}`,
      `changes/${waiting}/decide`,
      'secret',
      `secret/${waiting}`,
      'state',
    ])
      expect([path, ...seen(await opens(ofCity, `sites/county/${path}`))]).toEqual([path, ...NOT_THERE]);
    const form = (await opens(ofCity, 'sites/city/edit')).form('edit-submit').fields;
    for (const path of [
      'edit',
      'secret',
      'state/disable',
      'state/enable',
      `changes/${waiting}/withdraw`,
      `changes/${waiting}/decide`,
    ]) {
      const fields: Record<string, string> =
        path === 'edit' ? { ...form, clientName: '被别人改' } : { _csrf: form['_csrf'] as string };
      const page = await ofCity.citizen.browser.post(at(`sites/county/${path}`), fields);
      expect([path, ...seen(page)]).toEqual([path, ...NOT_THERE]);
    }
    for (const path of [`changes/${waiting}`, `changes/${first?.id}x`, 'changes/x'])
      expect([path, ...seen(await opens(ofCity, `sites/city/${path}`))]).toEqual([path, ...NOT_THERE]);
    const under = await ofCity.citizen.browser.post(at(`sites/city/changes/${waiting}/withdraw`), {
      _csrf: form['_csrf'] as string,
    });
    expect(seen(under)).toEqual(NOT_THERE);
    expect(seen(await opens(operator, `sites/city/changes/${waiting}/decide`))).toEqual(NOT_THERE);
    expect(seen(await opens(ofCity, 'changes'))).toEqual(NOT_THERE);
    expect([await registered('county'), await rowsOf('county')]).toEqual(before);
  });

  it('a developer decides nothing, not even of their own site', async () => {
    await asks(ofCity, 'city', { dataPurpose: '别的用途' });
    const waiting = (await latest('city'))?.id as string;
    const own = await opens(ofCity, `sites/city/changes/${waiting}`);
    expect([own.has('#decide'), own.has('#withdraw-submit')]).toEqual([false, true]);
    const { fields } = own.form('withdraw-submit');
    const forced = await ofCity.citizen.browser.post(at(`sites/city/changes/${waiting}/decide`), {
      ...fields,
      decision: 'approve',
      reason: '',
    });
    expect(seen(forced)).toEqual(NOT_THERE);
    expect((await latest('city'))?.state).toBe('waiting');
  });

  it('who asked does not decide, an operator since or not; and an operator who is not its developer withdraws nothing', async () => {
    await granted(service, ofCity.accountId);
    const waiting = (await latest('city'))?.id as string;
    const form = await opens(ofCity, `sites/city/changes/${waiting}/decide`);
    for (const button of ['approve-submit', 'refuse-submit']) {
      const page = await form.press(button, { reason: '理由' });
      expect(seen(page)).toEqual([403, ['site-change.own']]);
    }
    const { fields } = (await opens(operator, `sites/city/changes/${waiting}/decide`)).form('refuse-submit');
    const withdrawn = await operator.citizen.browser.post(at(`sites/city/changes/${waiting}/withdraw`), {
      _csrf: fields['_csrf'] as string,
    });
    expect(seen(withdrawn)).toEqual(NOT_THERE);
    expect((await latest('city'))?.state).toBe('waiting');
    const mine = await opens(ofCity, `sites/city/changes/${waiting}`);
    expect((await mine.press('withdraw-submit')).path).toContain('news=withdrawn');
  });

  it('no form counts without its token, from another origin, without a session, or by somebody without a role', async () => {
    await asks(ofCounty, 'county', { requiredAcr: 'urn:tongxing:level:1' });
    const id = (await service.app.get(SiteChanges).waiting()).find(({ clientId }) => clientId === 'county')?.id;
    const edit = (await opens(operator, 'sites/county/edit')).form('edit-submit').fields;
    const token = { _csrf: edit['_csrf'] as string };
    const forms: [string, Record<string, string>][] = [
      ['edit', { ...edit, clientName: '伪造' }],
      ['secret', { ...token, overlapHours: '0' }],
      ['state/disable', { ...token, reason: '' }],
      [`changes/${id}/decide`, { ...token, decision: 'approve', reason: '' }],
      [`changes/${id}/withdraw`, token],
    ];
    const before = [await registered('county'), await rowsOf('county')];
    const { browser } = operator.citizen;
    for (const [path, fields] of forms) {
      const url = at(`sites/county/${path}`);
      const { _csrf, ...bare } = fields;
      const outside = { origin: 'https://evil.example' };
      const answers = {
        bare: seen(await browser.post(url, bare)),
        foreign: seen(await browser.post(url, fields, outside)),
        another: seen(await ofCounty.citizen.browser.post(url, fields)),
        nobody: (await new Browser().post(url, fields)).codes,
      };
      expect([path, answers]).toEqual([
        path,
        {
          bare: [403, ['form.token']],
          foreign: [403, ['form.foreign-origin']],
          another: [403, ['form.token']],
          nobody: ['session.ended'],
        },
      ]);
    }
    expect([await registered('county'), await rowsOf('county')]).toEqual(before);
    expect((await latest('county'))?.state).toBe('waiting');
  });

  it.each([
    ['clientName', 'site.text', '<b>武汉市</b>'],
    ['clientName', 'site.text', '武汉\u200e市'],
    ['clientName', 'form.control-characters', '武汉\u202e市'],
    ['clientName', 'site.text', '市'.repeat(61)],
    ['clientName', 'site.text', ' '],
    ['clientNameEn', 'site.text', 'Wu\u200bhan'],
    ['dataPurpose', 'site.text', '<a href=x>'],
    ['dataPurpose', 'site.text', '用'.repeat(201)],
    ['dataPurposeEn', 'form.control-characters', 'To\u2066 read'],
    ['redirectUris', 'site.address-absolute', 'callback'],
    ['redirectUris', 'site.address-absolute', 'javascript:alert(1)'],
    ['redirectUris', 'site.addresses-none', ''],
    ['redirectUris', 'site.address-user-info', 'https://user:pass@a.example/'],
    ['redirectUris', 'site.address-fragment', 'https://a.example/#x'],
    ['redirectUris', 'site.address-wildcard', 'https://*.a.example/'],
    ['redirectUris', 'site.address-ascii', 'https://武汉.example/'],
    ['redirectUris', 'site.address-lower-case', 'https://A.example/'],
    ['redirectUris', 'site.address-trailing-dot', 'https://a.example./'],
    ['redirectUris', 'site.address-port', 'https://a.example:0/'],
    ['redirectUris', 'site.address-host', 'https://0x7f.1/'],
    ['redirectUris', 'site.address-dots', 'https://a.example/x/../y'],
    ['redirectUris', 'site.address-plain', 'https://a.example/x y'],
    ['redirectUris', 'site.address-long', `https://a.example/${'x'.repeat(2000)}`],
    ['redirectUris', 'site.address-lower-case', 'https://a.example/\nhttps://B.example/'],
    ['postLogoutRedirectUris', 'site.address-fragment', 'https://a.example/#x'],
    ['clientUri', 'site.address-absolute', '//a.example/'],
    ['initiateLoginUri', 'site.address-plain', 'https://a.example\\@b.example/'],
    ['backchannelLogoutUri', 'site.address-never-called', 'http://169.254.169.254/latest'],
    ['requiredAcr', 'site.choice', 'urn:tongxing:level:9'],
    ['accountKinds', 'site.choice', 'robot'],
  ])(
    'the form refuses %s as %s at its field, keeps what was typed, and changes nothing',
    async (field, code, value) => {
      const before = [await registered('county'), await rowsOf('county')];
      const page = await asks(operator, 'county', { accountKinds: 'person', [field]: value });
      expect([page.status, page.codeAt(field)]).toEqual([422, code]);
      expect(page.form('edit-submit').fields['accountKinds']).toBe(field === 'accountKinds' ? '' : 'person');
      expect(page.has('main b, main script')).toBe(false);
      expect([await registered('county'), await rowsOf('county')]).toEqual(before);
    },
  );

  it('tells every fault at once, each at its field', async () => {
    const page = await asks(operator, 'county', { clientName: '', redirectUris: 'x', clientUri: 'y' });
    expect([page.codeAt('clientName'), page.codeAt('redirectUris'), page.codeAt('clientUri')]).toEqual([
      'site.text',
      'site.address-absolute',
      'site.address-absolute',
    ]);
  });

  it('a developer’s addresses for people wait at a host that the site has not, and count at once at one it has', async () => {
    const near = await asks(ofCity, 'city', { clientUri: `${city.origin}/front` });
    expect(near.path).toContain('news=saved');
    const waiting = (await service.app.get(SiteChanges).waiting()).find(({ clientId }) => clientId === 'county');
    const own = await opens(ofCounty, `sites/county/changes/${waiting?.id}`);
    await own.press('withdraw-submit');
    for (const [field, value] of [
      ['clientUri', 'https://evil.example/'],
      ['initiateLoginUri', 'https://evil.example/login'],
      ['postLogoutRedirectUris', `${city.origin}/signed-out\nhttps://evil.example/`],
      ['initiateLoginUri', `${city.origin.replace('http:', 'https:')}/login`],
    ] as const) {
      const before = await registered('county');
      const page = await asks(ofCounty, 'county', { [field]: value });
      expect([field, page.path.split('=')[1]]).toEqual([field, 'waits']);
      expect(await registered('county')).toEqual(before);
      const change = await opens(ofCounty, `sites/county/changes/${(await latest('county'))?.id}`);
      expect(change.all('.new-host')).toHaveLength(1);
      await change.press('withdraw-submit');
    }
  });

  it('nobody turns a scope on that is not on the form, and what the operator’s file gave stays', async () => {
    const { fields } = (await opens(ofCounty, 'sites/county/edit')).form('edit-submit');
    for (const name of ['scopeApp', 'scope', 'permissionRequired', 'subjectType', 'requirePkce', 'clientId']) {
      const page = await ofCounty.citizen.browser.post(at('sites/county/edit'), { ...fields, [name]: 'yes' });
      expect([name, ...seen(page)]).toEqual([name, 400, ['form.unknown-field']]);
    }
    const odd = await ofCounty.citizen.browser.post(at('sites/county/edit'), { ...fields, version: '1e3' });
    expect(seen(odd)).toEqual([400, ['request.malformed']]);
  });

  describe('a site that knows each person by a subject of its own', () => {
    it('keeps its sector: the first redirect address stays at its host', async () => {
      const page = await asks(operator, 'pair', { redirectUris: 'https://other.example/callback' });
      expect([page.status, page.codeAt('redirectUris')]).toEqual([422, 'site-change.sector']);
      expect((await asks(operator, 'pair', { redirectUris: 'https://pair.example/other' })).path).toContain('saved');
    });

    it('is not registered with hosts of two sectors, by the engine’s own rules', async () => {
      const page = await asks(operator, 'pair', {
        redirectUris: 'https://pair.example/callback\nhttps://other.example/callback',
      });
      expect(seen(page)).toEqual([422, ['site.metadata']]);
    });

    it('what has become unsound since it was asked for is not approved', async () => {
      const entry = city.metadata({
        client_id: 'pair',
        subject_type: 'pairwise',
        sector_identifier_uri: 'https://pair.example/sector',
        redirect_uris: ['https://pair.example/callback'],
      });
      const entries = (more: Record<string, unknown>) => [
        city.metadata(),
        city.metadata({ client_id: 'county', client_name: '嘉鱼县' }),
        { ...entry, ...more },
      ];
      await service.app.get(Engine).apply(entries({}), 'cli', true);
      await granted(service, ofCounty.accountId, 'pair');
      const asked = await asks(ofCounty, 'pair', {
        redirectUris: 'https://pair.example/callback\nhttps://other.example/callback',
      });
      expect(asked.path).toContain('news=waits');
      await service.app.get(Engine).apply(entries({ sector_identifier_uri: undefined }), 'cli');
      const id = (await service.app.get(SiteChanges).waiting()).find(({ clientId }) => clientId === 'pair')?.id;
      const page = await (await opens(operator, `sites/pair/changes/${id}/decide`)).press('approve-submit');
      expect(seen(page)).toEqual([422, ['site-change.faulty']]);
      const bad = await operator.citizen.browser.post(at(`sites/pair/changes/${id}/decide`), {
        _csrf: page.form('refuse-submit').fields['_csrf'] as string,
        decision: 'maybe',
      });
      expect(seen(bad)).toEqual([400, ['request.malformed']]);
    });
  });
});
