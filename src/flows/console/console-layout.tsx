import type { ComponentChildren } from 'preact';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Tabs, Ways } from '../../web/parts.js';
import type { Way } from '../../web/parts.js';
import { CONSOLE_PAGES, SITE_SECTIONS, linksFor, sitePath } from './sections.js';
import type { ConsolePageId, SiteSectionId } from './sections.js';

interface Framed {
  page: PageContext;
  who: Operator;
  title: string;
  intro?: string;
  refusal?: Refusal;
  fieldNames?: Readonly<Record<string, string>>;
  /** What has just happened, in words. */
  notice?: ComponentChildren;
  /** Links onward, before the way back that each page has. */
  ways?: readonly (Way | false)[];
  children: ComponentChildren;
}

/** A page of the console that is about no single site: the tabs of the console, and the way back to the user centre. */
export function ConsolePage({
  page,
  who,
  here,
  title,
  intro,
  refusal,
  notice,
  ways = [],
  children,
}: Framed & { here: ConsolePageId }) {
  const { t, jurisdiction, language } = page;
  const tabs = linksFor(CONSOLE_PAGES, who).map(({ id, path, label }) => ({
    id: `to-${id}`,
    href: path,
    text: label(t),
    current: id === here,
  }));
  const back = t.console.toCentre({ centre: jurisdiction.labels.userCentre[language] });
  return (
    <Layout {...{ page, title, refusal, notice }} wide>
      <Tabs label={t.console.pages} items={tabs} />
      {intro && <p>{intro}</p>}
      {children}
      <Ways items={[...ways, { id: 'back', href: '/account', text: back }]} />
    </Layout>
  );
}

/** A page of one site: its name above, the tabs of its pages, and the way back to the list. */
export function SitePage(props: Framed & { here: SiteSectionId; site: SiteRecord }) {
  const { page, who, here, site: record, title, intro, refusal, fieldNames, notice, ways = [], children } = props;
  const { t, language } = page;
  const { site, state } = record;
  const tabs = linksFor(SITE_SECTIONS, who).map(({ id, path, label }) => ({
    id: `to-${id}`,
    href: `${sitePath(site.id)}${path}`,
    text: label(t),
    current: id === here,
  }));
  return (
    <Layout {...{ page, title, refusal, fieldNames, notice }} wide>
      <p id="site-name" data-state={state}>
        <strong>{withChinese(page, site.name[language])}</strong> · {site.id} · {t.console.states[state]}
      </p>
      <Tabs label={t.console.site.pages} items={tabs} />
      {intro && <p>{intro}</p>}
      {children}
      <Ways items={[...ways, { id: 'back', href: '/console', text: t.console.site.back }]} />
    </Layout>
  );
}
