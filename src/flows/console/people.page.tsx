import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Table, Ways } from '../../web/parts.js';
import { ConsolePage } from './console-layout.js';
import type { NamedRole } from './console-people.service.js';

/** What has just happened. */
export const NEWS = ['granted', 'ended', 'proved'] as const;
export type PeopleNews = (typeof NEWS)[number];

interface Props {
  page: PageContext;
  who: Operator;
  people: readonly NamedRole[];
  sites: readonly SiteRecord[];
  news?: PeopleNews;
  refusal?: Refusal;
}

function Operators({ page, people }: Pick<Props, 'page' | 'people'>) {
  const t = page.t.console.people;
  const { name, since, by } = t.columns;
  const rows = people
    .filter(({ role }) => role === 'operator')
    .map(({ maskedName, grantedAt, grantedBy }) => [
      withChinese(page, maskedName),
      chinaMinute(grantedAt),
      grantedBy === undefined ? t.atCommandLine : t.inConsole,
    ]);
  return (
    <section aria-labelledby="operators-title">
      <h2 id="operators-title">{t.operators}</h2>
      <p>{t.operatorsText}</p>
      {rows.length > 0 && <Table id="operators" columns={[name, since, by]} rows={rows} />}
    </section>
  );
}

function EndForm({ page, role, number }: { page: PageContext; role: NamedRole; number: number }) {
  return (
    <Form page={page} action="/console/people/end">
      <input type="hidden" name="role" value={role.id} />
      <Button id={`developer-end-${number}`} kind="second">
        {page.t.console.people.end}
      </Button>
    </Form>
  );
}

function Developers({ page, people, sites }: Pick<Props, 'page' | 'people' | 'sites'>) {
  const t = page.t.console.people;
  const { site, name, since, by } = t.columns;
  const named = new Map(sites.map((one) => [one.site.id, one.site.name[page.language]]));
  const rows = people
    .filter(({ role }) => role === 'developer')
    .toSorted((a, b) => (a.clientId ?? '').localeCompare(b.clientId ?? ''))
    .map((role, at) => [
      withChinese(page, named.get(role.clientId ?? '') ?? role.clientId),
      withChinese(page, role.maskedName),
      chinaMinute(role.grantedAt),
      role.grantedBy === undefined ? t.atCommandLine : t.inConsole,
      <EndForm page={page} role={role} number={at + 1} />,
    ]);
  return (
    <section aria-labelledby="developers-title">
      <h2 id="developers-title">{t.developers}</h2>
      {rows.length === 0 && <p>{t.none}</p>}
      {rows.length > 0 && <Table id="developers" columns={[site, name, since, by, '']} rows={rows} fixed />}
    </section>
  );
}

/** `/console/people`: operators, and the developers of each site, masked. */
export function PeoplePage({ page, who, people, sites, news, refusal }: Props) {
  const t = page.t.console.people;
  const notice = news && <Notice kind="success" title={t.news[news]} />;
  return (
    <ConsolePage {...{ page, who, refusal, notice }} here="people" title={t.title} intro={t.intro}>
      <Ways items={[{ id: 'developer-new', href: '/console/people/new', text: t.grantLink }]} />
      <Developers {...{ page, people, sites }} />
      <Operators {...{ page, people }} />
    </ConsolePage>
  );
}
