import { Browser } from '../../test/support/browser.js';
import type { Page } from '../../test/support/browser.js';
import { FakeProvider } from '../../test/support/fake-provider.js';
import { PortalSite, notice } from '../../test/support/portal-site.js';

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

let provider: FakeProvider;
let site: PortalSite;

beforeAll(async () => {
  provider = await FakeProvider.start();
});
afterAll(async () => provider.close());
beforeEach(async () => {
  provider.next = {};
  site = await PortalSite.start(provider.issuer);
});
afterEach(async () => site.close());

describe('applying online at a demonstration site', () => {
  const fill = async (browser: Browser, answers: Record<string, string> = ANSWERS): Promise<Page> =>
    (await site.open(browser, '/apply')).press('apply-submit', answers);

  it('R-1.5 asks for level 1 as a must and for the facts only here, and gives a number in the end', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    const back = await fill(browser);
    expect(JSON.parse(provider.requests.at(-1)?.['claims'] ?? '')).toEqual({
      id_token: { acr: { essential: true, values: ['urn:tongxing:level:1'] } },
    });
    expect(provider.requests.at(-1)).toMatchObject({ scope: 'openid profile real_name phone' });
    expect(notice(back)).toBe('ready');
    expect(back.value('street')).toBe('花桥街道');
    expect(back.text).toContain('4201************19');
    expect(back.text).toContain('138****0000');
    expect(back.html).not.toContain('420106199003071019');
    const receipt = await back.press('apply-submit');
    expect(receipt.all('#receipt')[0]?.text).toMatch(/^\d{8}-\d{6}$/);
    expect((await site.open(browser, '/apply')).value('street')).toBe('');
  });

  it('the same form sent twice is one application, and its receipt nobody else’s', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    const back = await fill(browser);
    const receipt = await back.press('apply-submit');
    const again = await back.press('apply-submit');
    expect(again.all('#receipt')[0]?.text).toBe(receipt.all('#receipt')[0]?.text);
    expect((await new Browser().open(receipt.url.href)).url.pathname).toBe('/apply');
  });

  it.each([
    ['access_denied', 'declined'],
    ['unmet_authentication_requirements', 'unreachable'],
    ['server_error', 'away'],
  ])('R-1.5 after %s the person is back at the form, with everything in it', async (error, name) => {
    provider.next = { error };
    const browser = new Browser();
    const back = await fill(browser);
    expect(back.url.pathname).toBe('/apply');
    expect(notice(back)).toBe(name);
    expect(back.value('address')).toBe(ANSWERS.address);
    provider.next = { level: 1 };
    expect((await (await back.press('apply-submit')).press('apply-submit')).has('#receipt')).toBe(true);
  });

  it('what is missing is told at each field, and nobody is sent away for it', async () => {
    const before = provider.requests.length;
    const page = await fill(new Browser(), { ...ANSWERS, street: ' ', office: '', note: '很'.repeat(300) });
    expect(page.status).toBe(422);
    expect([page.codeAt('street'), page.codeAt('office'), page.codeAt('note')]).toEqual([
      'field.missing',
      'field.missing',
      'form.too-long',
    ]);
    expect(page.text).toContain('请填写“街道（乡镇）”。');
    expect(page.codeAt('needs')).toBeUndefined();
    expect(page.value('community')).toBe(ANSWERS.community);
    expect(provider.requests).toHaveLength(before);
  });

  it('the draft survives a session that has ended meanwhile', async () => {
    provider.next = { level: 1, sid: 'ending' };
    const browser = new Browser();
    const open = await (await site.open(browser, '/apply')).press('apply-fill');
    expect(open.text).toContain('张*');
    const token = await provider.logoutToken(PortalSite.clientId, { sid: 'ending' });
    await site.tell(token);
    provider.next = { level: 1, sid: 'newer' };
    const back = await open.press('apply-submit', ANSWERS);
    expect(notice(back)).toBe('ready');
    expect(back.value('contactName')).toBe(ANSWERS.contactName);
  });

  it('a draft saved while logged in is not shown once the session has ended, until its owner is back', async () => {
    provider.next = { level: 1, sid: 'mine' };
    const browser = new Browser();
    const open = await (await site.open(browser, '/apply')).press('apply-fill');
    await open.press('apply-save', ANSWERS);
    await site.open(browser, '/logout');
    const later = await site.open(browser, '/apply');
    expect(notice(later)).toBe('sessionEnded');
    expect(later.html).not.toContain(ANSWERS.address);
    provider.next = { level: 1, sid: 'mine again' };
    expect((await later.follow('log-in')).value('address')).toBe(ANSWERS.address);
  });

  it('another person on the same browser sees nothing of it', async () => {
    provider.next = { level: 1, sub: 'first' };
    const browser = new Browser();
    await (await fill(browser)).press('apply-save', ANSWERS);
    await site.open(browser, '/logout');
    provider.next = { level: 1, sub: 'second' };
    await site.open(browser, '/login');
    const page = await site.open(browser, '/apply');
    expect(page.html).not.toContain(ANSWERS.address);
    expect(page.value('street')).toBe('');
  });

  it('a form that another person still has open in a tab is kept for them, and not filed', async () => {
    provider.next = { level: 1, sub: 'first' };
    const browser = new Browser();
    const tab = await (await site.open(browser, '/apply')).press('apply-fill');
    provider.next = { level: 1, sub: 'second' };
    await site.open(browser, '/login');
    await site.open(browser, '/apply');
    const page = await tab.press('apply-submit', ANSWERS);
    expect(notice(page)).toBe('otherPerson');
    expect(page.html).not.toContain(ANSWERS.address);
    provider.next = { level: 1, sub: 'first' };
    await site.open(browser, '/login');
    expect((await site.open(browser, '/apply')).value('address')).toBe(ANSWERS.address);
  });

  it('an empty form sent before logging in again costs no draft', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    await (await fill(browser)).press('apply-save', ANSWERS);
    await site.open(browser, '/logout');
    const back = await (await site.open(browser, '/apply')).press('apply-fill', { note: '后加的' });
    expect(back.value('address')).toBe(ANSWERS.address);
    expect(back.value('note')).toBe('后加的');
  });

  it('a legal entity is told who can apply', async () => {
    provider.next = { level: 1, kind: 'entity' };
    const back = await fill(new Browser());
    expect(notice(back)).toBe('personsOnly');
    expect(notice(await back.press('apply-submit'))).toBe('personsOnly');
  });

  it('a form from elsewhere, or without its cookie, is shown again and not taken', async () => {
    const browser = new Browser();
    const page = await site.open(browser, '/apply');
    browser.forgetCookies(site.origin);
    const again = await page.press('apply-submit', ANSWERS);
    expect(again.status).toBe(403);
    expect(notice(again)).toBe('expired');
    expect(again.value('address')).toBe(ANSWERS.address);
  });

  it('what is no form is refused', async () => {
    const send = async (body: string, type: string) =>
      (await fetch(`${site.origin}/apply`, { method: 'POST', body, headers: { 'content-type': type } })).status;
    expect(await send('{}', 'application/json')).toBe(415);
    expect(await send(`a=${'x'.repeat(70_000)}`, 'application/x-www-form-urlencoded')).toBe(413);
  });
});
