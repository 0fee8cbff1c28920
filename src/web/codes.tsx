import type { Refusal } from '../shared/refusal.js';
import { Button, TextField, refusalAt } from './form.js';
import { Notice } from './parts.js';
import type { PageContext } from './page-context.js';

interface CaptchaProps {
  page: PageContext;
  captchaId: string;
  /** Where "another picture" leads without a script: the same page, which makes a new one. */
  anotherHref: string;
  /** Where a script gets one without leaving the page. */
  refreshPath: string;
  refusal?: Refusal;
}

/** The picture, its field, and the other way for who cannot see it (LOOK 2). */
export function CaptchaField({ page, captchaId, anotherHref, refreshPath, refusal }: CaptchaProps) {
  const { t } = page;
  return (
    <div class="captcha">
      <input type="hidden" name="captchaId" id="captchaId" value={captchaId} />
      <TextField
        page={page}
        name="captcha"
        label={t.web.captcha}
        hint={t.web.captchaHint}
        refusal={refusal}
        width="code"
      >
        <p class="captcha-picture">
          <img id="captcha-image" src={`/captcha/${captchaId}.png`} width="200" height="64" alt={t.web.captchaAlt} />
        </p>
        <p>
          <a id="captcha-another" href={anotherHref} data-refresh={refreshPath}>
            {t.web.captchaAnother}
          </a>{' '}
          <a id="captcha-larger" href={`/captcha/${captchaId}.png?large=1`} target="_blank" rel="noopener">
            {t.web.captchaLarger}
          </a>
        </p>
        <details>
          <summary>{t.web.captchaOther}</summary>
          <p>{t.web.captchaOtherText}</p>
          <p>
            <button
              type="button"
              id="captcha-work"
              class="button second"
              hidden
              data-working={t.web.working}
              data-done={t.web.captchaSolved}
            >
              {t.web.captchaOtherButton}
            </button>
          </p>
          <p id="captcha-no-script">{t.web.captchaNoScript}</p>
        </details>
      </TextField>
    </div>
  );
}

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
}

/** The field for the six digits. */
export function SmsCodeField({ page, refusal, value, autofocus }: CodeProps) {
  return (
    <TextField
      page={page}
      name="smsCode"
      label={page.t.web.smsCode}
      hint={page.t.web.smsCodeHint}
      refusal={refusal}
      value={value}
      width="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      autofocus={autofocus}
    />
  );
}

/** What to do when no message came; the resend button says how long to wait. */
export function SmsNotReceived({
  page,
  seconds,
  captcha,
}: {
  page: PageContext;
  seconds: number;
  captcha?: CaptchaProps;
}) {
  const { t } = page;
  return (
    <details class="not-received" open={captcha !== undefined && refusalAt(captcha.refusal, 'captcha') !== undefined}>
      <summary>{t.web.smsNone}</summary>
      <p>{t.web.smsNoneHelp}</p>
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
  stage: { captchaId?: string; sent?: { resendInSeconds: number } };
  /** The page itself, for "another picture" without a script. */
  anotherHref: string;
  /** Where a script gets a picture without leaving the page. */
  refreshPath: string;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** Before a code is sent: the picture and the button; the code's field is there as well, all in one form. */
export function CodeBlock({ page, stage, anotherHref, refreshPath, values, refusal }: CodeBlockProps) {
  const { captchaId, sent } = stage;
  const captcha = captchaId ? { page, captchaId, anotherHref, refreshPath, refusal } : undefined;
  if (sent) {
    return (
      <div>
        <SmsCodeField page={page} refusal={refusal} value={values?.smsCode} autofocus={!refusal} />
        <SmsNotReceived page={page} seconds={sent.resendInSeconds} captcha={captcha} />
      </div>
    );
  }
  return (
    <div>
      {captcha && <CaptchaField {...captcha} />}
      <p>
        <Button id="sms-send" kind="second" name="deed" value="sms-send">
          {page.t.web.smsGet}
        </Button>
      </p>
      <SmsCodeField page={page} refusal={refusal} value={values?.smsCode} />
    </div>
  );
}
