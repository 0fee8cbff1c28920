import type { ComponentChildren } from 'preact';
import type { DeliverySummary } from '../../oidc/logout/delivery-summaries.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Ways } from '../../web/parts.js';
import { SitePage } from './console-layout.js';
import type { NamedRole } from './console-people.service.js';
import { weekInShort } from './delivery-words.js';
import { sitePath } from './sections.js';
import { code, Scope } from './written.js';

interface Props {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  developers: readonly NamedRole[];
  /** Of what it was told of logouts. */
  week: DeliverySummary;
  /** Requests of the last seven days that failed. */
  failed: number;
  /** Which earlier secrets still count depends on it. */
  now: Date;
}

const COMMA = { 'zh-CN': '、', en: ', ' };

/** One below the other. */
function Lines({ of }: { of: readonly ComponentChildren[] }) {
  return (
    <ul class="plain lines">
      {of.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

const lines = (of: readonly ComponentChildren[]): ComponentChildren => (of.length > 0 ? <Lines of={of} /> : undefined);

/** That there is one, when it was rotated, and until when earlier ones count; never which. */
function secretLines({ page, site: { hasSecret, retired }, now }: Props): string[] {
  const t = page.t.console.site;
  if (!hasSecret) return [t.noSecret];
  const at = retired.at(-1)?.at;
  const counting = retired.filter(({ until }) => Date.parse(until) > now.getTime());
  return [
    t.hasSecret,
    ...(retired.length > 0 ? [t.rotated({ count: retired.length })] : []),
    ...(at === undefined ? [] : [t.rotatedAt({ at: chinaMinute(new Date(at)) })]),
    ...counting.map(({ until }) => t.earlierCounts({ until: chinaMinute(new Date(until)) })),
  ];
}

/** How a site proves itself is the engine's default unless it says so. */
const proofOf = ({ metadata }: SiteRecord): string =>
  String(metadata['token_endpoint_auth_method'] ?? 'client_secret_basic');

function Week({ page, site: { site }, week }: Props) {
  return (
    <a id="week" href={`${sitePath(site.id)}/deliveries`} data-untold={week.untold}>
      {weekInShort(page, week)}
    </a>
  );
}

/** An operator goes on from here to add one. */
function Developers({ page, who, site: { site }, developers }: Props) {
  const { site: t, people } = page.t.console;
  const add = `/console/people/new?${new URLSearchParams({ site: site.id })}`;
  return (
    <section aria-labelledby="developers-title">
      <h2 id="developers-title">{t.developers}</h2>
      {developers.length === 0 && <p>{t.noDevelopers}</p>}
      <ul class="plain" id="developers">
        {developers.map(({ maskedName, grantedAt }) => (
          <li>
            {withChinese(page, maskedName)} · {t.developerSince({ since: chinaMinute(grantedAt) })}
          </li>
        ))}
      </ul>
      <Ways items={[who.role === 'operator' && { id: 'developer-new', href: add, text: people.grantLink }]} />
    </section>
  );
}

/** Why logins fail is what a developer comes for: it is said on the first page of the site, one notice whatever there is. */
function Attention({ page, site: { site, state }, failed }: Props) {
  const { consoleFaults: t, console } = page.t;
  const said = t.failed({ count: failed });
  const see = (
    <a id="see-failures" href={`${sitePath(site.id)}/failures`}>
      {t.see}
    </a>
  );
  if (state !== 'open') {
    return (
      <Notice kind="warning" title={console.site.closed[state]}>
        <p>
          {console.site.closedText}{' '}
          <a id="see-changes" href={`${sitePath(site.id)}/changes`}>
            {console.site.closedLink}
          </a>
        </p>
        {failed > 0 && (
          <p>
            {said} {see}
          </p>
        )}
      </Notice>
    );
  }
  if (failed === 0) return null;
  return (
    <Notice kind="warning" title={said}>
      <p>{see}</p>
    </Notice>
  );
}

/** `/console/sites/:id`: the registration in words. */
export function RegistrationPage(props: Props) {
  const { page, who, site: record } = props;
  const { language } = page;
  const notice = <Attention {...props} />;
  const { site: t, levels, states } = page.t.console;
  const { site, state, updatedAt } = record;
  const subjects = site.subjectType === 'pairwise' ? t.pairwiseSubjects({ sector: site.sector }) : t.publicSubjects;
  const proof = proofOf(record);
  return (
    <SitePage {...{ page, who, notice }} here="site" site={record} title={t.registration}>
      <Facts
        long
        items={[
          [t.id, code(site.id)],
          [t.state, states[state]],
          [t.changed, chinaMinute(updatedAt)],
          [t.uri, code(site.uri)],
          [t.initiateLogin, code(site.initiateLoginUri)],
          [t.redirects, lines(site.redirectUris.map(code))],
          [t.postLogout, lines(site.postLogoutRedirectUris.map(code))],
          [t.backchannel, code(site.backchannelLogoutUri) ?? t.noBackchannel],
          [page.t.consoleDeliveries.title, site.backchannelLogoutUri && <Week {...props} />],
          [t.level, levels[site.requiredLevel ?? 0]],
          [t.kinds, site.accountKinds.map((kind) => t.kindNames[kind]).join(COMMA[language])],
          [t.scopes, lines(site.scopes.map((scope) => <Scope page={page} scope={scope} />))],
          [t.permission, site.permissionRequired ? t.permissionNeeded : t.permissionExempt],
          [t.purpose, withChinese(page, site.dataPurpose?.[language]) ?? t.noPurpose],
          [t.subjects, subjects],
          [t.proof, lines([t.proofs[proof], code(proof)].filter(Boolean))],
          [t.secret, lines(secretLines(props))],
        ]}
      />
      <Developers {...props} />
    </SitePage>
  );
}
