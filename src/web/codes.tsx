import type { ComponentChildren } from 'preact';
import type { Refusal } from '../shared/refusal.js';
import { CaptchaField } from './captcha.js';
import type { CaptchaProps } from './captcha.js';
import { Button, TextField, refusalAt } from './form.js';
import { Notice } from './parts.js';
import type { PageContext } from './page-context.js';

interface SentProps {
  page: PageContext;
  maskedPhone: string;
  minutes: number;
}

/** "Sent to 138****0000". */
export function SmsSentNotice({ page, maskedPhone, minutes }: SentProps) {
  const { t } = page;
  return (
    <Notice kind="success" title={t.web.smsSentBold}>
      <p>{t.web.smsSent({ phone: maskedPhone, minutes })}</p>
    </Notice>
  );
}

interface CodeProps {
  page: PageContext;
  refusal?: Refusal;
  value?: string;
  autofocus?: boolean;
  /** Said in the hint where no notice says it: a refused form has the summary at its head. */
  sentTo?: string;
  /** Where a page asks for a second code. */
  name?: string;
  label?: string;
}

/** The field for the six digits. */
export function SmsCodeField({ page, refusal, value, autofocus, sentTo, name = 'smsCode', label }: CodeProps) {
  const { t } = page;
  return (
    <TextField
      page={page}
      name={name}
      label={label ?? t.web.smsCode}
      hint={sentTo && refusal ? t.web.smsCodeSentTo({ phone: sentTo }) : t.web.smsCodeHint}
      refusal={refusal}
      value={value}
      width="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      autofocus={autofocus}
    />
  );
}

interface NotReceivedProps {
  page: PageContext;
  seconds: number;
  captcha?: CaptchaProps;
  /** The number's field, where the page has one: to be checked, and corrected. */
  number?: ComponentChildren;
  refusal?: Refusal;
}

/** Whether what is folded has something to correct. */
const isInside = (refusal?: Refusal): boolean =>
  ['phone', 'captcha'].some((field) => refusalAt(refusal, field)) ||
  (refusal?.list ?? []).some(({ code }) => code.startsWith('sms.'));

/** What to do when no message came; the resend button says how long to wait. */
export function SmsNotReceived({ page, seconds, captcha, number, refusal }: NotReceivedProps) {
  const { t } = page;
  return (
    <details class="not-received" open={isInside(refusal)}>
      <summary>{t.web.smsNone}</summary>
      <p>{t.web.smsNoneHelp}</p>
      {number}
      {captcha && <CaptchaField {...captcha} />}
      {seconds > 0 && (
        <p id="resend-wait" data-seconds={seconds}>
          {t.web.smsAgainIn({ seconds })}
        </p>
      )}
      <p>
        <Button id="sms-send" kind="second" name="deed" value="sms-send">
          {t.web.smsAgain}
        </Button>
      </p>
    </details>
  );
}

interface CodeBlockProps {
  page: PageContext;
  /** Where the page stands: a picture that is due, a message on its way. */
  stage: { captchaId?: string; sent?: { resendInSeconds: number; maskedPhone: string } };
  /** The page itself, for "another picture" without a script. */
  anotherHref: string;
  /** Where a script gets a picture without leaving the page. */
  refreshPath: string;
  values?: Record<string, string>;
  refusal?: Refusal;
  /** The number's field, where it is typed on this page: first of all, and folded once the code is on its way. */
  number?: ComponentChildren;
}

/** Whether a code is refused that can no longer be right: its text says "send again", and so does the button. */
const isOver = (refusal?: Refusal): boolean =>
  (refusal?.list ?? []).some(({ code }) => code === 'sms-code.expired' || code === 'sms-code.used');

/**
 * One pattern everywhere (LOOK 2). Before a code is sent: the number, the picture and the button. After it: the code's
 * field, and what is done folds away. All fields are in the form in both states, only order and folding change.
 */
export function CodeBlock({ page, stage, anotherHref, refreshPath, values, refusal, number }: CodeBlockProps) {
  const { captchaId, sent } = stage;
  const captcha = captchaId ? { page, captchaId, anotherHref, refreshPath, refusal } : undefined;
  const code = { page, refusal, value: values?.smsCode };
  if (sent) {
    return (
      <div>
        <SmsCodeField {...code} autofocus={!refusal} sentTo={sent.maskedPhone} />
        <SmsNotReceived {...{ page, captcha, number, refusal }} seconds={sent.resendInSeconds} />
      </div>
    );
  }
  return (
    <div>
      {number}
      {captcha && <CaptchaField {...captcha} />}
      <p>
        <Button id="sms-send" kind="second" name="deed" value="sms-send">
          {isOver(refusal) ? page.t.web.smsAgain : page.t.web.smsGet}
        </Button>
      </p>
      <SmsCodeField {...code} />
    </div>
  );
}

/** Beside every code (`Ways`): for who gets no messages at the number any more. @param base of the journey or session */
export const lostNumberWay = ({ t }: PageContext, base: string) => ({
  id: 'lost-number',
  href: `${base}/lost-number`,
  text: t.lostNumber.link,
});
