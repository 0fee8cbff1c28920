import type { ComponentChildren } from 'preact';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteChange } from '../../oidc/sites/site-changes.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Table } from '../../web/parts.js';
import type { Authors } from './change-authors.service.js';
import { ConsolePage, SitePage } from './console-layout.js';
import { ChangedMembers, memberNames } from './member-values.js';
import { sitePath } from './sections.js';

interface Framed {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  authors: Authors;
}

/** What has just been done, if the address says so. */
export function News({ page, news }: { page: PageContext; news?: string }) {
  const t = page.t.consoleChanges;
  if (news === undefined || !Object.hasOwn(t.news, news)) return null;
  return (
    <Notice kind="success" title={t.news[news] as string}>
      <p>{t.newsText}</p>
    </Notice>
  );
}

const what = ({ t }: PageContext, { kind }: SiteChange): string => t.consoleChanges.kindNames[kind];
/** A test has changed nothing that could be in effect. */
const outcome = ({ t: { consoleChanges: t } }: PageContext, { kind, state }: SiteChange): ComponentChildren => {
  const words = kind === 'test-logout' ? t.testSent : t.states[state];
  return <span data-state={state}>{state === 'waiting' ? <strong>{words}</strong> : words}</span>;
};

interface ListProps extends Framed {
  changes: readonly SiteChange[];
  older?: string;
  before?: string;
  news?: string;
}

/** `/console/sites/:id/changes`: the journal of a site. */
export function SiteChangesPage({ page, who, site, authors, changes, older, before, news }: ListProps) {
  const { list: t } = page.t.consoleChanges;
  const path = `${sitePath(site.site.id)}/changes`;
  const rows = changes.map((change) => [
    <a class="nowrap" href={`${path}/${change.id}`}>
      {chinaMinute(change.at)}
    </a>,
    <span data-kind={change.kind}>
      {what(page, change)}
      {change.kind === 'changed' && (
        <span class="hint">
          {' · '}
          {memberNames(page, Object.keys(change.fields))}
        </span>
      )}
    </span>,
    withChinese(page, authors(change.actor)),
    outcome(page, change),
  ]);
  return (
    <SitePage
      {...{ page, who, site }}
      here="changes"
      title={t.title}
      intro={t.intro}
      notice={<News {...{ page, news }} />}
      ways={[
        older !== undefined && { id: 'older', href: `${path}?before=${older}`, text: t.older },
        before !== undefined && { id: 'newest', href: path, text: t.newest },
      ]}
    >
      {changes.length === 0 && <p>{t.none}</p>}
      {changes.length > 0 && (
        <Table id="changes" columns={[t.columns.at, t.columns.kind, t.columns.who, t.columns.state]} rows={rows} />
      )}
    </SitePage>
  );
}

interface OneProps extends Framed {
  change: SiteChange;
  mayWithdraw: boolean;
}

/** What is kept of a change, save what it changes. */
export function ChangeFacts({ page, change, authors }: { page: PageContext; change: SiteChange; authors: Authors }) {
  const { one: t } = page.t.consoleChanges;
  const { decidedBy, decidedAt, overlapHours } = change;
  return (
    <Facts
      items={[
        [t.at, chinaMinute(change.at)],
        [t.kind, what(page, change)],
        [t.who, withChinese(page, authors(change.actor))],
        [t.overlap, overlapHours === undefined ? undefined : t.hours({ hours: overlapHours })],
        [t.state, outcome(page, change)],
        [t.decidedBy, decidedBy === undefined ? undefined : withChinese(page, authors(decidedBy))],
        [t.decidedAt, decidedAt && chinaMinute(decidedAt)],
        [t.reason, withChinese(page, change.reason)],
      ]}
    />
  );
}

/** `/console/sites/:id/changes/:change`: one change, and what can be done with one that waits. */
export function SiteChangePage({ page, who, site, authors, change, mayWithdraw }: OneProps) {
  const { one: t } = page.t.consoleChanges;
  const path = `${sitePath(site.site.id)}/changes`;
  const waits = change.state === 'waiting';
  return (
    <SitePage
      {...{ page, who, site }}
      here="changes"
      title={t.title}
      ways={[
        waits && who.role === 'operator' && { id: 'decide', href: `${path}/${change.id}/decide`, text: t.decide },
        { id: 'changes', href: path, text: t.back },
      ]}
    >
      <ChangeFacts {...{ page, change, authors }} />
      {Object.keys(change.fields).length > 0 && (
        <ChangedMembers page={page} id="fields" fields={change.fields} metadata={waits ? site.metadata : undefined} />
      )}
      {waits && mayWithdraw && (
        <Form page={page} action={`${path}/${change.id}/withdraw`}>
          <p>
            <Button id="withdraw-submit" kind="second">
              {t.withdraw}
            </Button>
          </p>
        </Form>
      )}
    </SitePage>
  );
}

interface WaitingProps {
  page: PageContext;
  who: Operator;
  authors: Authors;
  /** What waits, with the site's name. */
  changes: readonly (SiteChange & { site: string })[];
}

/** `/console/changes`: everything that waits for an operator. */
export function WaitingPage({ page, who, authors, changes }: WaitingProps) {
  const { waiting: t } = page.t.consoleChanges;
  const rows = changes.map(({ id, clientId, site, at, fields, actor }) => [
    <a href={`${sitePath(clientId)}/changes/${id}`}>{chinaMinute(at)}</a>,
    withChinese(page, site),
    memberNames(page, Object.keys(fields)),
    withChinese(page, authors(actor)),
  ]);
  return (
    <ConsolePage {...{ page, who }} here="changes" title={t.title} intro={t.intro}>
      {changes.length === 0 && <p>{t.none}</p>}
      {changes.length > 0 && (
        <Table id="waiting" columns={[t.columns.at, t.columns.site, t.columns.what, t.columns.who]} rows={rows} fixed />
      )}
    </ConsolePage>
  );
}
