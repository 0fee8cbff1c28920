import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import { Button, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Table } from '../../web/parts.js';
import { ConsolePage } from './console-layout.js';
import { sitePath } from './sections.js';
import { TroubledNotice } from './troubled-sites.page.js';

interface Props {
  page: PageContext;
  who: Operator;
  sites: readonly SiteRecord[];
  /** What the sites were looked for by; empty for all of them. */
  sought: string;
  /** How many sites are not told of logouts; an operator alone learns it. */
  troubled: number;
  /** How many changes wait for an operator; none where a developer looks. */
  waiting: number;
}

/** A plain search: its address can be kept. */
function Search({ page, sought }: Pick<Props, 'page' | 'sought'>) {
  const t = page.t.console.sites;
  return (
    <form method="get" action="/console" noValidate>
      <TextField page={page} name="q" label={t.search} value={sought} width="long" />
      <p>
        <Button id="search-submit" kind="second">
          {t.searchSubmit}
        </Button>
      </p>
    </form>
  );
}

/** What an operator has to look at: one notice, whatever there is. */
function Attention({ page, troubled, waiting }: Pick<Props, 'page' | 'troubled' | 'waiting'>) {
  const { waiting: t } = page.t.consoleChanges;
  const said = t.count({ count: waiting });
  const see = (
    <a id="see-waiting" href="/console/changes">
      {t.see}
    </a>
  );
  if (troubled > 0) {
    return (
      <TroubledNotice page={page} count={troubled}>
        {waiting > 0 && (
          <p>
            {said} {see}
          </p>
        )}
      </TroubledNotice>
    );
  }
  if (waiting === 0) return null;
  return (
    <Notice kind="info" title={said}>
      <p>{see}</p>
    </Notice>
  );
}

/** `/console`: every site to an operator, their own to a developer. */
export function SitesPage({ page, who, sites, sought, troubled, waiting }: Props) {
  const { t, language } = page;
  const { sites: words, states } = t.console;
  const { name, id, state, changed } = words.columns;
  const rows = sites.map((one) => [
    <a href={sitePath(one.site.id)}>{withChinese(page, one.site.name[language])}</a>,
    one.site.id,
    one.state === 'open' ? states.open : <strong>{states[one.state]}</strong>,
    chinaMinute(one.updatedAt),
  ]);
  return (
    <ConsolePage
      {...{ page, who }}
      here="sites"
      title={words.title}
      intro={words[who.role]}
      notice={<Attention {...{ page, troubled, waiting }} />}
      ways={[sought !== '' && { id: 'all-sites', href: '/console', text: words.all }]}
    >
      {who.role === 'operator' && <Search page={page} sought={sought} />}
      {sought !== '' && sites.length > 0 && <p id="found">{words.found({ count: sites.length })}</p>}
      {sites.length === 0 && <p>{words.none}</p>}
      {sites.length > 0 && <Table id="sites" columns={[name, id, state, changed]} rows={rows} fixed />}
    </ConsolePage>
  );
}
