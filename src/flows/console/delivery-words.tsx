import { ERROR_GUIDE } from '../../oidc/errors/guide.js';
import { deliveryAnchor, deliveryCause } from '../../oidc/logout/delivery-causes.js';
import type { DeliveryCause } from '../../oidc/logout/delivery-causes.js';
import type { Failed } from '../../oidc/logout/delivery-reasons.js';
import type { DeliverySummary } from '../../oidc/logout/delivery-summaries.service.js';
import type { KeptDelivery } from '../../oidc/logout/logout-records.service.js';
import { chinaSecond } from '../../shared/china-time.js';
import { Coded } from '../../web/coded.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';

/** Why, in a few words; what was answered stands with it. */
export function Reason({ page, why }: { page: PageContext; why: Failed }) {
  const { consoleDeliveries: t, deliveryReasons } = page.t;
  const cause = deliveryCause(why);
  return (
    <span data-cause={cause}>
      <Coded text={deliveryReasons[cause].title} />
      {why.status !== undefined && <span class="hint"> · {t.answered({ status: why.status })}</span>}
    </span>
  );
}

/** What to do, and where the guide says it. */
export function Cure({ page, cause }: { page: PageContext; cause: DeliveryCause }) {
  const { consoleDeliveries: t, deliveryReasons } = page.t;
  return (
    <>
      <Coded text={deliveryReasons[cause].cure} /> <a href={`${ERROR_GUIDE}#${deliveryAnchor(cause)}`}>{t.guide}</a>
    </>
  );
}

function sinceWhen({ t: texts }: PageContext, firstUntold: Date, lastTold?: Date): string {
  const { summary: t } = texts.consoleDeliveries;
  const since = chinaSecond(firstUntold);
  if (lastTold === undefined) return t.first({ since });
  return lastTold < firstUntold ? t.broken({ since }) : t.recovered({ since, at: chinaSecond(lastTold) });
}

/** How a site's week stands, in a sentence or two. */
export function Week({ page, summary }: { page: PageContext; summary: DeliverySummary }) {
  const { summary: t, none } = page.t.consoleDeliveries;
  const { told, untold, firstUntold, lastTold } = summary;
  if (told + untold === 0) return <p id="week">{none}</p>;
  if (firstUntold === undefined) return <p id="week">{t.told({ told })}</p>;
  const all = told + untold;
  return (
    <p id="week" data-untold={untold}>
      <strong>{told === 0 ? t.noneTold({ all }) : t.untold({ untold, all })}</strong>
      <br />
      {sinceWhen(page, firstUntold, lastTold)}
    </p>
  );
}

/** The same in a few words, for the page of the registration. */
export function weekInShort({ t }: PageContext, { told, untold }: DeliverySummary): string {
  const { summary } = t.consoleDeliveries;
  const all = told + untold;
  if (all === 0) return summary.shortNone;
  return untold === 0 ? summary.shortTold({ all }) : summary.short({ all, untold });
}

/** What has come of a test: how the site answered, how long it took, and what to do. */
export function TestNotice({ page, test }: { page: PageContext; test: KeptDelivery }) {
  const { trial: t } = page.t.consoleDeliveries;
  const { state, reason, status, at, lastAt } = test;
  const ms = lastAt.getTime() - at.getTime();
  const seconds = (ms / 1000).toFixed(ms < 1000 ? 2 : 1);
  if (state === 'told' || reason === undefined)
    return (
      <Notice kind="success" title={t.told({ seconds })}>
        <p>{t.toldText}</p>
      </Notice>
    );
  const cause = deliveryCause({ reason, status });
  const what = page.t.deliveryReasons[cause].title;
  const unsent = reason === 'address-refused';
  const came = status === undefined ? t.unanswered({ what, seconds }) : t.refused({ what, status, seconds });
  return (
    <Notice kind="error" title={unsent ? t.unsent : t.untold}>
      <p data-cause={cause}>
        <Coded text={unsent ? what : came} />
      </p>
      <p>
        <Cure page={page} cause={cause} />
      </p>
    </Notice>
  );
}
