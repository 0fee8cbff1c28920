import { ENDPOINTS } from '../../oidc/errors/endpoints.js';
import type { Endpoint } from '../../oidc/errors/endpoints.js';
import type { FailureFilter, FailureRecord } from '../../oidc/errors/failure-records.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import type { Site } from '../../oidc/sites/site.js';
import { Button, SelectField, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { ConsolePage, SitePage } from './console-layout.js';
import { FailureList } from './failure-list.js';
import { sitePath } from './sections.js';

interface OfSite {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  filter: FailureFilter;
  found: readonly FailureRecord[];
  /** OAuth names that there are failures of. */
  errors: readonly string[];
}

/** Whether anything was chosen. */
export const isFiltered = (filter: FailureFilter): boolean => Object.values(filter).some(Boolean);

/** Folded until it is used: what failed is read first. */
function Filter({ page, site, filter, errors }: Pick<OfSite, 'page' | 'site' | 'filter' | 'errors'>) {
  const t = page.t.consoleFaults;
  const endpoints = (Object.entries(ENDPOINTS) as [Endpoint, string][]).map(
    ([endpoint, path]) => [endpoint, `${path} · ${t.endpoints[endpoint]}`] as const,
  );
  const names = errors.map((error) => [error, error] as const);
  return (
    <details open={isFiltered(filter)}>
      <summary id="filter">{t.filter}</summary>
      <form method="get" action={`${sitePath(site.site.id)}/failures`} noValidate>
        <SelectField
          {...{ page, name: 'endpoint', label: t.endpoint, value: filter.endpoint, options: endpoints, none: t.all }}
        />
        <SelectField {...{ page, name: 'error', label: t.error, value: filter.error, options: names, none: t.all }} />
        <TextField page={page} name="errorId" label={t.errorId} value={filter.errorId} width="code" />
        <p>
          <Button id="search-submit" kind="second">
            {t.search}
          </Button>
        </p>
      </form>
    </details>
  );
}

/** `/console/sites/:id/failures`: what failed in the last seven days, newest first. */
export function SiteFailuresPage({ page, who, site, filter, found, errors }: OfSite) {
  const t = page.t.consoleFaults;
  const filtered = isFiltered(filter);
  const ways = [filtered && { id: 'all-failures', href: `${sitePath(site.site.id)}/failures`, text: t.back }];
  return (
    <SitePage {...{ page, who, site, ways }} here="failures" title={t.title} intro={t.intro}>
      {(filtered || found.length > 0) && <Filter {...{ page, site, filter, errors }} />}
      {found.length === 0 && <p id="no-failures">{filtered ? t.noneFound : t.none}</p>}
      <FailureList page={page} found={found} />
    </SitePage>
  );
}

interface Search {
  page: PageContext;
  who: Operator;
  sought: string;
  found: readonly FailureRecord[];
  /** Those that named no registered site. */
  nobodys: readonly FailureRecord[];
  siteOf: (clientId: string) => Site | undefined;
}

/** `/console/failures`: an id that a developer reads out finds the site and the cause. */
export function FailureSearchPage({ page, who, sought, found, nobodys, siteOf }: Search) {
  const t = page.t.consoleFaults;
  const owner = ({ clientId, errorId }: FailureRecord) => {
    if (clientId === '') return t.nobody;
    const name = siteOf(clientId)?.name[page.language] ?? clientId;
    return <a href={`${sitePath(clientId)}/failures?errorId=${errorId}`}>{name}</a>;
  };
  const count = nobodys.reduce((sum, one) => sum + one.count, 0);
  return (
    <ConsolePage page={page} who={who} here="failures" title={t.operatorTitle} intro={t.operatorIntro}>
      <form method="get" action="/console/failures" noValidate>
        <TextField page={page} name="errorId" label={t.errorId} value={sought} width="code" />
        <p>
          <Button id="search-submit" kind="second">
            {t.search}
          </Button>
        </p>
      </form>
      {sought !== '' && found.length === 0 && <p id="no-failures">{t.noneFound}</p>}
      <FailureList page={page} found={found} owner={owner} />
      <h2>{t.nobody}</h2>
      <p id="unknown-sites">{t.unknownSites({ count })}</p>
      {sought === '' && <FailureList page={page} found={nobodys} below />}
    </ConsolePage>
  );
}
