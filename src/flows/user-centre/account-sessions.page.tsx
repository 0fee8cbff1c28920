import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Table } from '../../web/parts.js';
import type { SessionLine } from './account-sessions.service.js';
import { CentrePage } from './centre-page.js';
import { listed } from './claim-names.js';
import { WhereaboutsCell } from '../../web/whereabouts.js';

interface Props {
  page: PageContext;
  sessions: readonly SessionLine[];
  refusal?: Refusal;
}

/** The mark in the form, not the number of the button, says which one ends. */
function EndButton({ page, session, number }: { page: PageContext; session: SessionLine; number: number }) {
  return (
    <Form page={page} action="/account/sessions">
      <input type="hidden" name="mark" value={session.mark} />
      <Button id={`session-end-${number}`} kind="second">
        {page.t.userCentre.sessions.end}
      </Button>
    </Form>
  );
}

function EndOthers({ page }: { page: PageContext }) {
  const t = page.t.userCentre.sessions;
  return (
    <Form page={page} action="/account/sessions/others">
      <p>{t.othersText}</p>
      <p>
        <Button id="sessions-end-others" kind="risky">
          {t.others}
        </Button>
      </p>
    </Form>
  );
}

/** `/account/sessions`: device, place, since, last seen, sites visited; and the way to end each. */
export function AccountSessionsPage({ page, sessions, refusal }: Props) {
  const t = page.t.userCentre.sessions;
  const others = sessions.filter(({ current }) => !current);
  const rows = sessions.map((session) => [
    <WhereaboutsCell page={page} from={session.from} />,
    chinaMinute(session.loginAt),
    chinaMinute(session.seenAt),
    listed(page, session.sites),
    session.current ? (
      <strong>{t.current}</strong>
    ) : (
      <EndButton page={page} session={session} number={others.indexOf(session) + 1} />
    ),
  ]);
  return (
    <CentrePage page={page} title={t.title} intro={t.intro} refusal={refusal}>
      <Table id="sessions" columns={[t.device, t.since, t.seen, t.sites, t.act]} rows={rows} />
      {others.length > 0 && <EndOthers page={page} />}
    </CentrePage>
  );
}
