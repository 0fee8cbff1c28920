import type { WaitingTicket } from '../../identity/app-tickets/app-tickets.service.js';
import type { TicketState } from '../../identity/app-tickets/ticket.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';
import { QrCode } from '../../web/qr-code.js';
import { LoginFrame, loginHref } from './login-frame.js';

const REFRESH_SECONDS = 15;

interface QrLoginProps {
  page: PageContext;
  i: CurrentInteraction;
  /** None where no more are given out for now. */
  ticket?: WaitingTicket;
  refusal?: Refusal;
}

interface TicketProps {
  page: PageContext;
  i: CurrentInteraction;
  ticket: WaitingTicket;
}

const isWaiting = (state: TicketState): boolean => state === 'created' || state === 'scanned' || state === 'confirmed';

/** How long it still counts, and without script what the page does meanwhile. */
function Left({ page: { t }, ticket: { secondsLeft } }: TicketProps) {
  return (
    <p class="hint">
      <span id="qr-left" data-seconds={secondsLeft}>
        {t.qrLogin.left({ seconds: secondsLeft })}
      </span>
      <noscript> {t.qrLogin.noScript}</noscript>
    </p>
  );
}

/** The code, and the same as a link, which comes first on a phone: it cannot scan itself. */
function Code({ page, i, ticket }: TicketProps) {
  const { t, language } = page;
  const app = i.app?.name[language] ?? '';
  const link = `${i.app?.link}/${ticket.ticket}`;
  return (
    <div class="qr">
      <div class="qr-side">
        <p>
          <strong>{t.qrLogin.scanWith({ app, site: i.site.name[language] })}</strong>
        </p>
        <p>
          <a id="qr-link" class="button second" href={link} target="_blank" rel="noopener">
            {t.qrLogin.open}
          </a>
        </p>
        <Left {...{ page, i, ticket }} />
      </div>
      <div class="qr-code">
        <QrCode text={link} label={t.qrLogin.picture({ app })} />
      </div>
    </div>
  );
}

/** Scanned: the number that has to be picked in the app, which only who sees this page knows. */
function PickedNumber({ page, i, ticket }: TicketProps) {
  const { t } = page;
  return (
    <div>
      <p>{t.qrLogin.number}</p>
      <p id="qr-number" class="qr-number">
        {ticket.number}
      </p>
      <p class="hint">{ticket.byLink ? t.qrLogin.byLink : t.qrLogin.numberHint}</p>
      <Left {...{ page, i, ticket }} />
    </div>
  );
}

/** What has become of the ticket, in words. */
function TicketNotice({ page, ticket: { state, wrongNumber, byLink } }: TicketProps) {
  const { qrLogin: t } = page.t;
  if (state === 'created') return null;
  if (isWaiting(state)) return <Notice kind="info" title={byLink ? t.linkTitle : t.scannedTitle} />;
  const said = wrongNumber ? 'wrong' : (state as 'denied' | 'expired' | 'used');
  return (
    <Notice kind="warning" title={t[`${said}Title`]}>
      <p>{t[said]}</p>
    </Notice>
  );
}

function NewCode({ page, i, kind }: { page: PageContext; i: CurrentInteraction; kind: 'main' | 'link' }) {
  return (
    <Form page={page} action={`/interaction/${i.uid}/login/qr/new`}>
      <p>
        <Button id="qr-new" kind={kind}>
          {page.t.qrLogin.another}
        </Button>
      </p>
    </Form>
  );
}

/** A code or a number that waits: with script the page asks for what comes next, without it comes again every 15 seconds. */
function Waiting({ page, i, ticket }: TicketProps) {
  const { t } = page;
  const base = `/interaction/${i.uid}/login/qr`;
  const scanned = ticket.state !== 'created';
  return (
    <div>
      <div id="qr-wait" data-state={ticket.state} data-wait={`${base}/state`} data-page={loginHref(i, 'person', 'qr')}>
        {scanned ? <PickedNumber {...{ page, i, ticket }} /> : <Code {...{ page, i, ticket }} />}
      </div>
      <p class="hint">{t.qrLogin.beware}</p>
      <Form page={page} action={base}>
        <p>
          <Button id="qr-check">{t.qrLogin.check}</Button>
        </p>
      </Form>
      {scanned && <NewCode page={page} i={i} kind="link" />}
    </div>
  );
}

/** Login by a code that the government app scans: the same frame as by password. */
export function QrLoginPage({ page, i, ticket, refusal }: QrLoginProps) {
  const waiting = ticket && isWaiting(ticket.state) ? ticket : undefined;
  const seconds = Math.min(REFRESH_SECONDS, (waiting?.secondsLeft ?? 0) + 1);
  return (
    <LoginFrame
      {...{ page, i, refusal }}
      kind="person"
      method="qr"
      notice={ticket && <TicketNotice {...{ page, i, ticket }} />}
      refresh={waiting && { seconds, href: loginHref(i, 'person', 'qr') }}
    >
      {waiting ? <Waiting {...{ page, i }} ticket={waiting} /> : <NewCode page={page} i={i} kind="main" />}
    </LoginFrame>
  );
}
