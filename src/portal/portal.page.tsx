import type { DemoSite } from '../config/demo-sites.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Facts, Notice } from '../web/parts.js';
import type { SiteSession } from './site-session.js';

interface PortalProps {
  page: PageContext;
  site: DemoSite;
  other: DemoSite;
  session?: SiteSession;
  message?: string;
}

/** The front page: who you are here, the ways in, the other site, what can be done. */
export function PortalHome({ page, site, other, session, message }: PortalProps) {
  const { language, jurisdiction } = page;
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={t.welcome({ site: site.name[language] })} wide>
      {message && <Notice kind="info" title={message} />}
      <p>{t.intro}</p>
      <section>
        <h2>{t.youAre}</h2>
        {!session && <p id="who">{t.notLoggedIn}</p>}
        {session && (
          <Facts
            items={[
              [t.name, session.name ?? t.unnamed],
              [
                t.kind,
                session.kind === 'entity' ? jurisdiction.labels.entity[language] : jurisdiction.labels.person[language],
              ],
              [
                t.level,
                <span id="level" data-level={session.level}>
                  {t.levels[session.level]}
                </span>,
              ],
            ]}
          />
        )}
        {session && (
          <p>
            <a class="button second" id="log-out" href="/logout">
              {t.logOut}
            </a>
          </p>
        )}
        {!session && (
          <p>
            <a class="button main" id="log-in" href="/login">
              {t.logInPerson({ kind: jurisdiction.labels.person[language] })}
            </a>
            <a class="button second" id="log-in-entity" href="/login?kind=entity">
              {t.logInEntity({ kind: jurisdiction.labels.entity[language] })}
            </a>
            <a class="button second" id="register" href="/login?prompt=create">
              {t.register}
            </a>
            <a class="button second" id="register-entity" href="/login?prompt=create&amp;kind=entity">
              {t.registerEntity}
            </a>
          </p>
        )}
        <p>
          <a id="other-site" href={session ? `${other.origin}/login` : other.origin}>
            {t.other({ site: other.name[language] })}
          </a>
        </p>
      </section>
      <section>
        <h2>{t.items}</h2>
        <ul class="plain">
          {t.itemList.map((item, at) => (
            <li>
              {item}{' '}
              {at === 1 && (
                <a id="apply" href="/apply">
                  {t.apply}
                </a>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

/** The provider is away, or a login went wrong: what to do. */
export function PortalProblem({ page, text, href }: { page: PageContext; text: string; href: string }) {
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={text}>
      <p>
        <a class="button main" id="onward" href={href}>
          {t.retry}
        </a>
        <a class="button second" href="/">
          {t.home}
        </a>
      </p>
    </Layout>
  );
}
