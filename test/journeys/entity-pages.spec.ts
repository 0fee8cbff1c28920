import type { Page } from '../support/browser.js';
import { TestCa } from '../support/ca.js';
import { entityPages } from '../support/entity-pages.js';
import { faultsOf, idsOf } from '../support/page-rules.js';
import { PROVINCES, startService } from '../support/service.js';
import { authoritiesFile } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const LANGUAGES = ['zh-CN', 'en'] as const;
const root = TestCa.root('p256', 'Pages root');

describe.each(PROVINCES)('the pages of an entity’s people (%s)', (province) => {
  const walks = {} as Record<(typeof LANGUAGES)[number], Map<string, Page>>;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    const files = {
      SITES_FILE: sitesFile([site.metadata({ 'client_name#en': 'Site of the tests' })]),
      AUTHORITIES_FILE: authoritiesFile([root]),
    };
    // An ID number belongs to one account: a service for each language.
    for (const language of LANGUAGES) {
      const service = await startService(province, { ...files, LIMITS: 'off' });
      walks[language] = await entityPages(service, site, root, province, language).finally(async () => service.close());
    }
  }, 60_000);
  afterAll(async () => site.close());

  it.each(LANGUAGES)('R-10.2 are made by the rules of LOOK and DESIGN 7, in one language (%s)', (language) => {
    expect(walks[language].size).toBeGreaterThan(15);
    const faults = [...walks[language]].flatMap(([name, { html }]) =>
      faultsOf(html, language).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('R-10.2 have the same names for their fields and buttons in both languages, and are kept by nobody', () => {
    const differing = [...walks['zh-CN']].filter(
      ([name, { html }]) => idsOf(html).join() !== idsOf(walks.en.get(name)?.html ?? '').join(),
    );
    expect(differing.map(([name]) => name)).toEqual([]);
    const kept = [...walks['zh-CN']].filter(([, { headers }]) => !headers.get('cache-control')?.includes('no-store'));
    expect(kept.map(([name]) => name)).toEqual([]);
  });
});
