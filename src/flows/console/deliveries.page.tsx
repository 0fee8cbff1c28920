import { deliveryCause } from '../../oidc/logout/delivery-causes.js';
import type { DeliveryCause } from '../../oidc/logout/delivery-causes.js';
import type { DeliverySummary } from '../../oidc/logout/delivery-summaries.service.js';
import type { KeptDelivery } from '../../oidc/logout/logout-records.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { chinaSecond } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Coded } from '../../web/coded.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Table } from '../../web/parts.js';
import { SitePage } from './console-layout.js';
import { Cure, Reason, TestNotice, Week } from './delivery-words.js';
import { sitePath } from './sections.js';

interface Props {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  summary: DeliverySummary;
  deliveries: readonly KeptDelivery[];
  /** Where the page after this one begins. */
  next?: string;
  before?: string;
  /** A test that was sent a moment ago. */
  test?: KeptDelivery;
  refusal?: Refusal;
}

/** Each cause once, the latest first, with what to do. */
function Causes({ page, summary }: Pick<Props, 'page' | 'summary'>) {
  const { consoleDeliveries: t, deliveryReasons } = page.t;
  const counts = new Map<DeliveryCause, number>();
  for (const { count, ...why } of summary.reasons) {
    const cause = deliveryCause(why);
    counts.set(cause, (counts.get(cause) ?? 0) + count);
  }
  if (counts.size === 0) return null;
  return (
    <section id="causes" aria-labelledby="causes-title">
      <h2 id="causes-title">{t.reasonsTitle}</h2>
      {[...counts].map(([cause, count]) => (
        <p data-cause={cause}>
          <strong>
            <Coded text={deliveryReasons[cause].title} />
          </strong>
          {' · '}
          {t.times({ count })}
          <br />
          <Cure page={page} cause={cause} />
        </p>
      ))}
    </section>
  );
}

/** One button, and where it sends to: what is registered, never what somebody types. */
function Test({ page, site: { site, state } }: Pick<Props, 'page' | 'site'>) {
  const { trial: t } = page.t.consoleDeliveries;
  return (
    <section id="test" aria-labelledby="test-title">
      <h2 id="test-title">{t.title}</h2>
      {state !== 'open' && <p>{t.closed}</p>}
      {state === 'open' && (
        <Form page={page} action={`${sitePath(site.id)}/deliveries`}>
          <p>{t.text}</p>
          <Facts items={[[t.address, <span class="mono">{site.backchannelLogoutUri}</span>]]} />
          <p>
            <Button id="test-submit">{t.submit}</Button>
          </p>
        </Form>
      )}
    </section>
  );
}

/** What came of it: the state, why, and when it goes on. */
function Outcome({ page, one }: { page: PageContext; one: KeptDelivery }) {
  const t = page.t.consoleDeliveries;
  const { state, reason, status, nextAt, test } = one;
  return (
    <span data-state={state}>
      {t.states[state]}
      {test && ` · ${t.test}`}
      {reason && <br />}
      {reason && <Reason page={page} why={{ reason, status }} />}
      {nextAt && <br />}
      {nextAt && <span class="hint">{t.nextAt({ at: chinaSecond(nextAt) })}</span>}
    </span>
  );
}

function List({ page, deliveries }: Pick<Props, 'page' | 'deliveries'>) {
  const t = page.t.consoleDeliveries;
  const rows = deliveries.map((one) => [
    chinaSecond(one.at),
    <Outcome page={page} one={one} />,
    t.times({ count: one.tries }),
  ]);
  return (
    <section aria-labelledby="list-title">
      <h2 id="list-title">{t.listTitle}</h2>
      <Table id="deliveries" columns={[t.columns.at, t.columns.state, t.columns.tries]} rows={rows} />
    </section>
  );
}

/** `/console/sites/:id/deliveries`: whether the site is told of logouts, and a test of it. */
export function SiteDeliveriesPage(props: Props) {
  const { page, who, site, summary, deliveries, next, before, test, refusal } = props;
  const t = page.t.consoleDeliveries;
  const takesNone = site.site.backchannelLogoutUri === undefined;
  const path = sitePath(site.site.id);
  return (
    <SitePage
      {...{ page, who, site, refusal }}
      here="deliveries"
      title={t.title}
      intro={t.intro}
      notice={test && <TestNotice page={page} test={test} />}
      ways={[
        takesNone && { id: 'register-address', href: `${path}/edit`, text: t.noAddressLink },
        next !== undefined && { id: 'older', href: `${path}/deliveries?before=${next}`, text: t.older },
        before !== undefined && { id: 'newest', href: `${path}/deliveries`, text: t.newest },
      ]}
    >
      {takesNone && <p id="no-address">{t.noAddress}</p>}
      {(!takesNone || deliveries.length > 0) && <Week {...{ page, summary }} />}
      <Causes {...{ page, summary }} />
      {!takesNone && <Test {...{ page, site }} />}
      {deliveries.length > 0 && <List {...{ page, deliveries }} />}
    </SitePage>
  );
}
