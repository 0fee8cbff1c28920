import { Browser } from '../../test/support/browser.js';
import { FakeProvider } from '../../test/support/fake-provider.js';
import { PortalSite, level, notice } from '../../test/support/portal-site.js';

describe('a matter for legal entities at a demonstration site', () => {
  let provider: FakeProvider;
  let site: PortalSite;
  beforeAll(async () => {
    provider = await FakeProvider.start();
    site = await PortalSite.start(provider.issuer);
  });
  afterAll(async () => Promise.all([site.close(), provider.close()]));

  const begin = async (browser: Browser) => (await site.open(browser, '/annual-report')).follow('report-begin');

  it('R-1.5 asks for level 3 as a must, as a legal entity, and shows what it was given', async () => {
    provider.next = { level: 3, kind: 'entity' };
    const page = await begin(new Browser());
    expect(provider.requests.at(-1)).toMatchObject({
      kind: 'entity',
      scope: 'openid profile legal_entity',
      claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:tongxing:level:3'] } } }),
    });
    expect([page.url.pathname, notice(page), level(page)]).toEqual(['/annual-report', 'certified', '3']);
    for (const shown of ['示例公司', '9142************1X']) expect(page.text).toContain(shown);
    expect(page.has('#report-begin')).toBe(false);
  });

  it.each([
    ['access_denied', 'certificateDeclined'],
    ['unmet_authentication_requirements', 'entitiesOnly'],
  ])('after %s the page says what to do', async (error, name) => {
    provider.next = { error };
    const page = await begin(new Browser());
    expect([page.url.pathname, notice(page), page.has('#report-begin')]).toEqual(['/annual-report', name, true]);
  });

  it('a login that is not level 3, or a person’s, does not open it; a person logs in anew', async () => {
    provider.next = { level: 1 };
    const browser = new Browser();
    await site.open(browser, '/login');
    expect((await site.open(browser, '/annual-report')).has('#entity')).toBe(false);
    await begin(browser);
    expect(provider.requests.at(-1)).toMatchObject({ prompt: 'login', kind: 'entity' });
  });

  it('R-8.2 a legal entity that logs in is shown by name, code and level', async () => {
    provider.next = { level: 1, kind: 'entity' };
    const home = await site.open(new Browser(), '/login?kind=entity');
    expect(provider.requests.at(-1)).toMatchObject({ scope: 'openid profile legal_entity', kind: 'entity' });
    expect([home.text.includes('示例公司'), home.text.includes('9142************1X'), level(home)]).toEqual([
      true,
      true,
      '1',
    ]);
  });
});
