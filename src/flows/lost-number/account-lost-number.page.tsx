import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { NumberMove } from '../../identity/number-moves/number-moves.service.js';
import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Ways } from '../../web/parts.js';
import type { Pace } from './account-lost-number.service.js';

interface AccountLostNumberProps {
  page: PageContext;
  pace: Pace;
  stage: CodeStage;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function Back({ page }: { page: PageContext }) {
  return <Ways items={[{ id: 'back', href: '/account', text: page.t.lostNumber.back }]} />;
}

/** The new number and its code, for who is signed in. */
export function AccountLostNumberPage({ page, pace, stage, values, refusal }: AccountLostNumberProps) {
  const { t, jurisdiction } = page;
  const days = jurisdiction.lifetimes.numberMoveDays;
  const { sent } = stage;
  const address = '/account/lost-number';
  return (
    <Layout {...{ page, refusal }} title={t.lostNumber.title} notice={sent && <SmsSentNotice page={page} {...sent} />}>
      <p>{pace === 'now' ? t.lostNumber.accountIntroNow : t.lostNumber.accountIntroLater({ days })}</p>
      {pace === 'later' && (
        <Ways
          items={[{ id: 'by-password', href: '/account/proof?act=lost-number', text: t.lostNumber.accountByPassword }]}
        />
      )}
      <Form page={page} action={address}>
        <DefaultSubmit />
        <CodeBlock
          {...{ page, stage, values, refusal }}
          anotherHref={address}
          refreshPath={address}
          number={
            <TextField
              page={page}
              name="phone"
              label={t.lostNumber.phone}
              value={values?.phone ?? sent?.phone}
              refusal={refusal}
              type="tel"
              autocomplete="tel"
            />
          }
        />
        <p>
          <Button id="lost-number-submit" name="deed" value="lost-number-submit">
            {pace === 'now' ? t.lostNumber.submit : t.lostNumber.waitSubmit({ days })}
          </Button>
        </p>
      </Form>
      <Back page={page} />
    </Layout>
  );
}

/** A move waits for its day: who is signed in stops it here. */
export function WaitingMovePage({ page, move }: { page: PageContext; move: NumberMove }) {
  const { t } = page;
  return (
    <Layout page={page} title={t.lostNumber.waitingTitle}>
      <p>{t.lostNumber.waiting({ date: chinaDay(move.due), phone: move.phone.masked() })}</p>
      <Form page={page} action="/account/lost-number/stop">
        <p>
          <Button id="lost-number-stop">{t.lostNumber.stopSubmit}</Button>
        </p>
      </Form>
      <Back page={page} />
    </Layout>
  );
}

/** Stopped, by code or in a session. */
export function StoppedPage({ page, signedIn }: { page: PageContext; signedIn: boolean }) {
  const { t, jurisdiction } = page;
  return (
    <Layout
      page={page}
      title={t.lostNumber.stopTitle}
      notice={<Notice kind="success" title={t.lostNumber.stoppedTitle} />}
    >
      <p>{t.lostNumber.stoppedText({ days: jurisdiction.lifetimes.numberMoveRestDays })}</p>
      <p>{t.lostNumber.stoppedAdvice}</p>
      <p>
        <a class="button main" id="onward" href="/account">
          {signedIn ? t.lostNumber.back : t.lostNumber.logIn}
        </a>
      </p>
    </Layout>
  );
}
