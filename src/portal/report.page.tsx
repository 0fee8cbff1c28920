import { withChinese } from '../web/chinese.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Facts, digits } from '../web/parts.js';
import type { Said } from './notices.js';
import { SaidNotice } from './portal.page.js';
import { REPORT_PATH } from './requests.js';
import type { SiteSession } from './site-session.js';

interface ReportProps {
  page: PageContext;
  session?: SiteSession;
  said?: Said;
}

const CERTIFICATE_LEVEL = 3;

/** Whether this login may do what only a certificate may. */
export const mayReport = (session: SiteSession | undefined): session is SiteSession =>
  session?.kind === 'entity' && session.level >= CERTIFICATE_LEVEL && session.entityName !== undefined;

/** Somebody logged in as a person has to log in again, as the entity. */
const hrefFor = (session: SiteSession | undefined): string => {
  const again = session !== undefined && session.kind !== 'entity';
  return `/login?target_link_uri=${REPORT_PATH}${again ? '&prompt=login' : ''}`;
};

/** The annual report of a legal entity: what its certificate has confirmed, or the way there. */
export function ReportPage({ page, session, said }: ReportProps) {
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={t.reportTitle} notice={said && <SaidNotice page={page} said={said} />}>
      <p>{mayReport(session) ? t.reportReady : t.reportIntro}</p>
      {mayReport(session) && (
        <div id="entity">
          <Facts
            items={[
              [t.entityName, withChinese(page, session.entityName)],
              [t.creditCode, digits(session.creditCode)],
              [
                t.level,
                <span id="level" data-level={session.level}>
                  {t.levels[session.level]}
                </span>,
              ],
            ]}
          />
          <p class="hint">{t.applicantFrom}</p>
        </div>
      )}
      <p>
        {!mayReport(session) && (
          <a class="button main" id="report-begin" href={hrefFor(session)}>
            {t.reportBegin}
          </a>
        )}
        <a class="button second" id="home" href="/">
          {t.home}
        </a>
      </p>
    </Layout>
  );
}
