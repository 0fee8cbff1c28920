import { Engine } from '../../src/oidc/engine.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import type { Page } from '../support/browser.js';
import type { Citizen } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(60);

describe.each(PROVINCES)('changing a site in the console (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let operator: Citizen;
  let other: Citizen;
  let developer: Citizen;
  let next = province === 'hubei' ? 0 : 30;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    const entries = [city.metadata(), city.metadata({ client_id: 'county', client_name: '嘉鱼县' })];
    service = await startService(province, {
      SITES_FILE: sitesFile(entries),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = (await staff(service, city, somebody())).citizen;
    other = (await staff(service, city, somebody(), { language: 'en' })).citizen;
    developer = (await staff(service, city, somebody(), { of: 'city' })).citizen;
  });

  afterAll(async () => {
    await service.close();
    await city.close();
  });

  const at = (path: string) => `${service.origin}/console${path}`;
  const edits = async (who: Citizen, id = 'city') => who.browser.open(at(`/sites/${id}/edit`));
  const registered = async (id = 'city') => (await service.app.get(SiteRecords).get(id)).metadata;
  const states = (page: Page) => page.all('#changes [data-state]').map((cell) => cell.getAttribute('data-state'));
  /** The change that waits for this site, as its page. */
  const waitingOf = async (who: Citizen, id = 'city') => {
    const journal = await who.browser.open(at(`/sites/${id}/changes`));
    const href = journal.all('#changes tbody tr').find((row) => row.querySelector('[data-state=waiting]'));
    return who.browser.open(new URL(href?.querySelector('a')?.getAttribute('href') as string, journal.url).href);
  };
  const asks = async (values: Record<string, string>) => (await edits(developer)).press('edit-submit', values);
  const decides = async (who: Citizen, button: string, values: Record<string, string> = {}) => {
    const page = await (await waitingOf(who)).follow('decide');
    return page.press(button, values);
  };

  it('a developer’s name and logout address count at once, for people too; the journal says who made it what', async () => {
    const page = await asks({ clientName: '武汉市政务', backchannelLogoutUri: `${city.origin}/logout` });
    expect([page.path, page.has('.notice.success')]).toEqual(['/console/sites/city/changes?news=saved', true]);
    expect(states(page)[0]).toBe('applied');
    expect(await registered()).toMatchObject({
      client_name: '武汉市政务',
      backchannel_logout_uri: `${city.origin}/logout`,
    });
    await service.app.get(Engine).refresh();
    const login = await operator.browser.copy().open(await city.loginUrl(service.origin, { prompt: 'login' }));
    expect(login.text).toContain('武汉市政务');
    const first = page.all('#changes tbody a')[0]?.getAttribute('href') as string;
    const change = await developer.browser.open(new URL(first, page.url).href);
    expect(change.text).toMatch(/站点名称武汉市武汉市政务/);
    expect(change.text).toContain('*');
  });

  it('a developer’s redirect address, scope and level wait; an operator sees what they mean, and with the approval they count', async () => {
    const before = await registered();
    const { fields } = (await edits(developer)).form('edit-submit');
    const page = await asks({
      redirectUris: `${fields['redirectUris']}\r\n${city.origin}/second\r\nhttps://elsewhere.example/callback`,
      requiredAcr: 'urn:tongxing:level:1',
      scopePhone: '',
      clientName: '武汉市',
    });
    expect([page.path, states(page).slice(0, 2).toSorted()]).toEqual([
      '/console/sites/city/changes?news=both',
      ['applied', 'waiting'],
    ]);
    expect(await registered()).toEqual({ ...before, client_name: '武汉市' });
    const list = await operator.browser.open(at('/changes'));
    expect(list.all('#waiting tbody tr').map((row) => row.text)).toEqual([expect.stringContaining('登录后返回的地址')]);
    const form = await (
      await operator.browser.open(new URL(list.all('#waiting a')[0]?.getAttribute('href') as string, list.url).href)
    ).follow('decide');
    expect(form.all('.new-host').map((mark) => mark.closest('li')?.text)).toEqual([
      expect.stringContaining('https://elsewhere.example/callback'),
    ]);
    expect(form.all('#meanings li')).toHaveLength(3);
    const done = await form.press('approve-submit');
    expect(done.path).toBe('/console/sites/city/changes?news=approved');
    expect(await registered()).toMatchObject({
      redirect_uris: [`${city.origin}/callback`, `${city.origin}/second`, 'https://elsewhere.example/callback'],
      required_acr: 'urn:tongxing:level:1',
      scope: 'openid profile real_name legal_entity offline_access',
    });
    expect((await operator.browser.open(at('/changes'))).has('#waiting')).toBe(false);
    const told = await developer.browser.open(`${service.origin}/account/activity`);
    expect(told.text).toContain('通过了您提出的站点改动');
  });

  it('a scope that is new shows which data it would give', async () => {
    await asks({ scopePhone: 'yes' });
    const form = await (await waitingOf(other)).follow('decide');
    expect(form.all('.gains').map((mark) => mark.text)).toEqual(['the site is given: mobile number']);
    await form.press('refuse-submit', { reason: '办事不需要手机号' });
  });

  it('a refusal needs a reason, which the developer reads; nothing is changed', async () => {
    const before = await registered();
    await asks({ dataPurpose: '发送广告' });
    const bare = await decides(operator, 'refuse-submit');
    expect([bare.status, bare.codeAt('reason')]).toEqual([422, 'site-change.reason-missing']);
    const marked = await decides(operator, 'refuse-submit', { reason: '<b>不行</b>' });
    expect([marked.status, marked.codeAt('reason'), marked.value('reason')]).toEqual([
      422,
      'site-change.reason',
      '<b>不行</b>',
    ]);
    const page = await marked.press('refuse-submit', { reason: '用途不符' });
    expect(page.path).toBe('/console/sites/city/changes?news=refused');
    const first = page.all('#changes tbody a')[0]?.getAttribute('href') as string;
    expect((await developer.browser.open(new URL(first, page.url).href)).text).toContain('用途不符');
    expect(await registered()).toEqual(before);
    expect((await developer.browser.open(`${service.origin}/account/activity`)).text).toContain(
      '没有通过您提出的站点改动',
    );
  });

  it('one change of a site waits at a time; its developer withdraws it, and a decided one is decided once', async () => {
    await asks({ accountKinds: 'person' });
    const second = await asks({ accountKinds: 'entity' });
    expect([second.status, second.codes]).toEqual([422, ['site-change.waiting']]);
    expect((await asks({ clientNameEn: 'Wuhan' })).path).toBe('/console/sites/city/changes?news=saved');
    const form = await (await waitingOf(operator)).follow('decide');
    const waiting = await waitingOf(developer);
    expect((await waiting.press('withdraw-submit')).path).toBe('/console/sites/city/changes?news=withdrawn');
    const late = await form.press('approve-submit');
    expect([late.status, late.codes, late.has('#approve-submit')]).toEqual([409, ['site-change.decided'], false]);
    const again = await waiting.press('withdraw-submit');
    expect([again.status, again.codes]).toEqual([409, ['site-change.decided']]);
    expect((await form.again()).path).toBe(waiting.path);
    expect(await registered()).not.toHaveProperty('account_kinds');
  });

  it('an operator’s change counts at once, whatever it changes', async () => {
    const page = await (
      await edits(operator)
    ).press('edit-submit', {
      redirectUris: `${city.origin}/callback`,
      jwksUri: '',
      requiredAcr: '',
    });
    expect([page.path, states(page)[0]]).toEqual(['/console/sites/city/changes?news=saved', 'applied']);
    expect(await registered()).toMatchObject({ redirect_uris: [`${city.origin}/callback`] });
    expect(await registered()).not.toHaveProperty('required_acr');
  });

  it('of two operators at once one is told: with what they typed and what the other changed; what only the other touched is theirs', async () => {
    const [one, two] = [await edits(operator), await edits(other)];
    const first = await one.press('edit-submit', { clientName: '甲起的名字', dataPurpose: '甲写的用途' });
    expect(first.path).toBe('/console/sites/city/changes?news=saved');
    const second = await two.press('edit-submit', { clientName: '乙起的名字', clientNameEn: 'The other' });
    expect([second.status, second.codes]).toEqual([409, ['site-change.overtaken', 'site-change.overtaken-here']]);
    expect([second.codeAt('clientName'), second.text.includes('甲起的名字')]).toEqual([
      'site-change.overtaken-here',
      true,
    ]);
    expect([second.value('clientName'), second.value('clientNameEn'), second.value('dataPurpose')]).toEqual([
      '乙起的名字',
      'The other',
      '甲写的用途',
    ]);
    expect(second.all('#theirs [data-member]').map((cell) => cell.getAttribute('data-member'))).toEqual([
      'client_name',
      'data_purpose',
    ]);
    expect((await second.press('edit-submit')).path).toBe('/console/sites/city/changes?news=saved');
    expect(await registered()).toMatchObject({
      client_name: '乙起的名字',
      'client_name#en': 'The other',
      data_purpose: '甲写的用途',
    });
  });

  it('of five sent in the same moment one counts, and four are told', async () => {
    const form = (await edits(operator)).form('edit-submit');
    const sent = await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) =>
        operator.browser.copy().post(form.action, { ...form.fields, clientName: `同时 ${n}` }),
      ),
    );
    expect(sent.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
    const version = (await service.app.get(SiteRecords).get('city')).version;
    expect(Number(form.fields['version']) + 1).toBe(version);
  });

  it('what waits is not approved once somebody else has changed it; what else changed meanwhile stays', async () => {
    await asks({ dataPurpose: '开发者的用途' });
    await (await edits(operator)).press('edit-submit', { clientName: '后来的名字' });
    const form = await (await waitingOf(operator)).follow('decide');
    expect([form.has('#outdated'), form.has('#approve-submit')]).toEqual([false, true]);
    await (await edits(other)).press('edit-submit', { dataPurpose: '运营的用途' });
    const refused = await form.press('approve-submit');
    expect([refused.status, refused.codes]).toEqual([422, ['site-change.outdated']]);
    expect([refused.text.includes('运营的用途'), refused.has('#approve-submit'), refused.has('#outdated')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(await registered()).toMatchObject({ client_name: '后来的名字', data_purpose: '运营的用途' });
    expect((await refused.press('refuse-submit', { reason: '用途已经改过' })).path).toBe(
      '/console/sites/city/changes?news=refused',
    );
    await asks({ dataPurpose: '新的用途' });
    await (await edits(operator)).press('edit-submit', { clientName: '再后来的名字' });
    await decides(other, 'approve-submit');
    expect(await registered()).toMatchObject({ client_name: '再后来的名字', data_purpose: '新的用途' });
  });

  it('a form that changes nothing says so', async () => {
    const page = await asks({});
    expect([page.status, page.codes]).toEqual([422, ['site-change.nothing']]);
  });
});
