import type { ComponentChildren } from 'preact';
import type { DemoSite } from '../config/demo-sites.js';
import { withChinese } from '../web/chinese.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Facts, Notice, digits } from '../web/parts.js';
import { NOTICE_KINDS } from './notices.js';
import type { Said } from './notices.js';
import { REPORT_PATH } from './requests.js';
import type { SiteSession } from './site-session.js';

/** A sentence about what has just happened. */
export function SaidNotice({ page, said, children }: { page: PageContext; said: Said; children?: ComponentChildren }) {
  return (
    <div id="notice" data-notice={said.notice}>
      <Notice kind={NOTICE_KINDS[said.notice]} title={page.t.portal.notices[said.notice]}>
        {said.code && <p>{page.t.web.errorCode({ code: said.code })}</p>}
        {children}
      </Notice>
    </div>
  );
}

interface PortalProps {
  page: PageContext;
  site: DemoSite;
  other: DemoSite;
  session?: SiteSession;
  said?: Said;
}

function LoggedIn({ page, session }: { page: PageContext; session: SiteSession }) {
  const { language, jurisdiction, serviceOrigin } = page;
  const { portal: t } = page.t;
  const kind = session.kind === 'entity' ? jurisdiction.labels.entity : jurisdiction.labels.person;
  return (
    <div id="who">
      <Facts
        items={[
          [session.kind === 'entity' ? t.entityName : t.name, withChinese(page, session.name) ?? t.unnamed],
          [t.creditCode, digits(session.creditCode)],
          [t.kind, kind[language]],
          [
            t.level,
            <span id="level" data-level={session.level}>
              {t.levels[session.level]}
            </span>,
          ],
        ]}
      />
      <p>{session.level === 0 ? t.allowsLittle : t.allowsBusiness}</p>
      <p>
        <a class="button second" id="user-centre" href={`${serviceOrigin}/account`}>
          {jurisdiction.labels.userCentre[language]}
        </a>
        <a class="button second" id="log-out" href="/logout">
          {t.logOut}
        </a>
      </p>
    </div>
  );
}

function WaysIn({ page }: { page: PageContext }) {
  const { language, jurisdiction } = page;
  const { portal: t } = page.t;
  const person = jurisdiction.labels.person[language];
  const entity = jurisdiction.labels.entity[language];
  return (
    <div>
      <p id="who">{t.notLoggedIn}</p>
      <p>
        <a class="button main" id="log-in" href="/login">
          {t.logIn({ kind: person })}
        </a>
        <a class="button second" id="log-in-entity" href="/login?kind=entity">
          {t.logIn({ kind: entity })}
        </a>
      </p>
      <p>
        <a class="button second" id="register" href="/login?prompt=create">
          {t.register({ kind: person })}
        </a>
        <a class="button second" id="register-entity" href="/login?prompt=create&amp;kind=entity">
          {t.register({ kind: entity })}
        </a>
      </p>
    </div>
  );
}

/** The front page: who you are here, the ways in, the other site, what can be done. */
export function PortalHome({ page, site, other, session, said }: PortalProps) {
  const { language } = page;
  const { portal: t } = page.t;
  const name = other.name[language];
  return (
    <Layout
      page={page}
      title={t.welcome({ site: site.name[language] })}
      notice={said && <SaidNotice page={page} said={said} />}
      wide
    >
      <p>{t.intro}</p>
      <section>
        <h2>{t.youAre}</h2>
        {session ? <LoggedIn page={page} session={session} /> : <WaysIn page={page} />}
        <p>
          <a id="other-site" href={session ? `${other.origin}/login` : `${other.origin}/`}>
            {session ? t.otherSignedIn({ site: name }) : t.other({ site: name })}
          </a>
        </p>
      </section>
      <section>
        <h2>{t.items}</h2>
        <ul class="plain">
          <li>
            {t.itemOnline}{' '}
            <a id="apply" href="/apply">
              {t.apply}
            </a>
          </li>
          <li>
            {t.itemReport}{' '}
            <a id="report" href={REPORT_PATH}>
              {t.reportOpen}
            </a>
          </li>
          {t.itemsInPerson.map((item) => (
            <li>
              {item} <span class="small">{t.inPerson}</span>
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

interface ProblemProps {
  page: PageContext;
  title: string;
  text?: string;
  /** Where trying again leads. */
  href?: string;
}

/** The provider is away, or there is no such page: what to do. */
export function PortalProblem({ page, title, text, href }: ProblemProps) {
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={title}>
      {text && <p>{text}</p>}
      <p>
        {href && (
          <a class="button main" id="onward" href={href}>
            {t.retry}
          </a>
        )}
        <a class={href ? 'button second' : 'button main'} id="home" href="/">
          {t.home}
        </a>
      </p>
    </Layout>
  );
}
