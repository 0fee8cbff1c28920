import type { ComponentChildren } from 'preact';
import type { TroubledSite } from '../../oidc/logout/logout-records.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { Site } from '../../oidc/sites/site.js';
import { chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Table } from '../../web/parts.js';
import { ConsolePage } from './console-layout.js';
import { Reason } from './delivery-words.js';
import { sitePath } from './sections.js';

const PATH = '/console/deliveries';

interface Props {
  page: PageContext;
  who: Operator;
  troubled: readonly TroubledSite[];
  siteOf: (clientId: string) => Site | undefined;
}

/** `/console/deliveries`: sites that no logout token has reached for an hour. */
export function TroubledSitesPage({ page, who, troubled, siteOf }: Props) {
  const { troubled: t, times } = page.t.consoleDeliveries;
  const rows = troubled.map(({ site, since, failed, reason, status }) => [
    <a href={`${sitePath(site)}/deliveries`}>{withChinese(page, siteOf(site)?.name[page.language] ?? site)}</a>,
    chinaMinute(since),
    times({ count: failed }),
    <Reason page={page} why={{ reason, status }} />,
  ]);
  const { site, since, failed, reason } = t.columns;
  return (
    <ConsolePage page={page} who={who} here="deliveries" title={t.title} intro={t.intro}>
      {troubled.length === 0 && <p id="none-troubled">{t.none}</p>}
      {troubled.length > 0 && <Table id="troubled" columns={[site, since, failed, reason]} rows={rows} />}
    </ConsolePage>
  );
}

interface NoticeProps {
  page: PageContext;
  count: number;
  /** What else there is to look at. */
  children?: ComponentChildren;
}

/** On the first page, while there are such sites. */
export function TroubledNotice({ page, count, children }: NoticeProps) {
  const { troubled: t } = page.t.consoleDeliveries;
  if (count === 0) return null;
  return (
    <Notice kind="warning" title={t.notice({ count })}>
      <p>
        {t.noticeText}{' '}
        <a id="see-troubled" href={PATH}>
          {t.link}
        </a>
      </p>
      {children}
    </Notice>
  );
}
