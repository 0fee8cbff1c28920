import type { Refusal } from '../shared/refusal.js';
import { Button, DefaultSubmit, Form, TextField } from '../web/form.js';
import { withChinese } from '../web/chinese.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Facts, digits } from '../web/parts.js';
import { MAY_BE_EMPTY, SECTIONS } from './application.form.js';
import type { Question } from './application.form.js';
import type { Draft } from './drafts.js';
import type { Said } from './notices.js';
import { SaidNotice } from './portal.page.js';
import type { SiteSession } from './site-session.js';

interface ApplyProps {
  page: PageContext;
  session?: SiteSession;
  draft: Draft;
  said?: Said;
  refusal?: Refusal;
}

const APPLICANT_LEVEL = 1;

/** Whether this login is an applicant: level and kind are the ID token's, the name alone proves neither. */
export const mayApply = (session: SiteSession | undefined): session is SiteSession =>
  session?.kind === 'person' && session.level >= APPLICANT_LEVEL && session.realName !== undefined;

const HINTED: readonly Question[] = ['since', 'office'];

function Answer({ page, name, draft, refusal }: ApplyProps & { name: Question }) {
  const { portal: t, web } = page.t;
  return (
    <TextField
      page={page}
      name={name}
      label={t.questions[name] + (MAY_BE_EMPTY.includes(name) ? web.optional : '')}
      hint={HINTED.includes(name) ? t.hints[name as keyof typeof t.hints] : undefined}
      value={draft.answers[name] ?? ''}
      type={name === 'contactPhone' ? 'tel' : 'text'}
      width={name === 'contactPhone' || name === 'since' ? 'number' : 'long'}
      refusal={refusal}
    />
  );
}

/** Who applies: given by the unified account, masked; before that, a way to have it filled in first. */
function Applicant({ page, session }: { page: PageContext; session?: SiteSession }) {
  const { portal: t } = page.t;
  return (
    <section id="applicant">
      <h2>{t.applicant}</h2>
      {mayApply(session) && (
        <div id="applicant-given">
          <Facts
            items={[
              [t.name, withChinese(page, session.realName)],
              [t.idNumber, digits(session.idNumber)],
              [t.phone, digits(session.phone)],
            ]}
          />
          <p class="hint">{t.applicantFrom}</p>
        </div>
      )}
      {!mayApply(session) && <p>{t.applicantLater}</p>}
    </section>
  );
}

/** What has just happened; where the login has ended, the way back in. */
function Notice({ page, session, said }: ApplyProps & { said: Said }) {
  const { portal: t } = page.t;
  return (
    <SaidNotice page={page} said={said}>
      {!session && said.notice === 'sessionEnded' && (
        <p>
          <a id="log-in" href="/login?target_link_uri=/apply">
            {t.logInAgain}
          </a>
        </p>
      )}
    </SaidNotice>
  );
}

/** A long form whose draft survives an ended session, a missing level and a declined verification. */
export function ApplyPage(props: ApplyProps) {
  const { page, session, said, refusal } = props;
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={t.applyTitle} refusal={refusal} notice={said && <Notice {...props} said={said} />} wide>
      {!mayApply(session) && <p>{t.applyIntro}</p>}
      <Applicant page={page} session={session} />
      <Form page={page} action="/apply">
        <DefaultSubmit name="deed" value="submit" />
        <input type="hidden" name="application" value={props.draft.id} />
        {(Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).map((section) => (
          <fieldset>
            <legend>{t.sections[section]}</legend>
            {SECTIONS[section].map((name) => (
              <Answer {...props} name={name} />
            ))}
          </fieldset>
        ))}
        <p>
          <Button id="apply-submit" name="deed" value="submit">
            {t.submit}
          </Button>
          <Button id="apply-save" kind="second" name="deed" value="save">
            {t.save}
          </Button>
          {!mayApply(session) && (
            <Button id="apply-fill" kind="second" name="deed" value="fill">
              {t.fill}
            </Button>
          )}
        </p>
      </Form>
    </Layout>
  );
}

/** The application is in. */
export function ReceiptPage({ page, number }: { page: PageContext; number: string }) {
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={t.receiptTitle}>
      <p>
        {t.receiptNumber} <strong id="receipt">{number}</strong>
      </p>
      <p>{t.receiptNext}</p>
      <p>
        <a class="button main" id="home" href="/">
          {t.home}
        </a>
      </p>
    </Layout>
  );
}
