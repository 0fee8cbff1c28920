import type { ComponentChildren } from 'preact';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CaptchaField } from '../../web/captcha.js';
import { lostNumberWay, SmsCodeField, SmsNotReceived, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Steps, Ways } from '../../web/parts.js';

interface ResetProps {
  page: PageContext;
  i: CurrentInteraction;
  values?: Record<string, string>;
  refusal?: Refusal;
}

interface FrameProps extends ResetProps {
  /** Number, then who it is (code, and for a verified account name and number), then the password. */
  at: 1 | 2 | 3;
  notice?: ComponentChildren;
  /** Whose number it is, nobody knows yet: it may be nobody's. */
  unknown?: boolean;
  children: ComponentChildren;
}

function Frame({ page, i, at, refusal, notice, unknown, children }: FrameProps) {
  const { t } = page;
  return (
    <Layout page={page} title={t.passwordReset.title} refusal={refusal} notice={notice}>
      <Steps page={page} names={t.passwordReset.steps} at={at} />
      {children}
      <Ways
        items={[
          unknown === true && {
            id: 'register',
            href: `/interaction/${i.uid}/register/person`,
            text: t.passwordReset.notMine,
          },
          { id: 'back-to-login', href: `/interaction/${i.uid}/login`, text: t.passwordReset.backToLogin },
          lostNumberWay(page, `/interaction/${i.uid}`),
        ]}
      />
    </Layout>
  );
}

/** The number; the same page and the same time whether or not it has an account. */
export function ResetNumberPage(props: ResetProps & { stage: CodeStage }) {
  const { page, i, values, refusal, stage } = props;
  const { t } = page;
  const base = `/interaction/${i.uid}`;
  return (
    <Frame {...props} at={1}>
      <p>{t.passwordReset.intro}</p>
      <Form page={page} action={`${base}/reset`}>
        <TextField
          page={page}
          name="phone"
          label={t.passwordReset.phone}
          value={values?.phone ?? i.loginHint}
          refusal={refusal}
          type="tel"
          autocomplete="tel"
          autofocus={!refusal}
        />
        {stage.captchaId && (
          <CaptchaField
            page={page}
            captchaId={stage.captchaId}
            anotherHref={`${base}/reset`}
            refreshPath={`${base}/captcha`}
            refusal={refusal}
          />
        )}
        <p>
          <Button id="reset-next">{t.passwordReset.next}</Button>
        </p>
      </Form>
    </Frame>
  );
}

/** The code that was sent to it. */
export function ResetCodePage(props: ResetProps & { stage: CodeStage }) {
  const { page, i, values, refusal, stage } = props;
  const { t } = page;
  const base = `/interaction/${i.uid}`;
  const { sent, captchaId } = stage;
  const anotherHref = `${base}/reset/code`;
  const captcha = captchaId ? { page, captchaId, anotherHref, refreshPath: `${base}/captcha`, refusal } : undefined;
  return (
    <Frame {...props} at={2} notice={sent && <SmsSentNotice page={page} {...sent} />}>
      <Form page={page} action={`${base}/reset/code`}>
        <DefaultSubmit name="deed" value="reset-verify" />
        <SmsCodeField
          page={page}
          refusal={refusal}
          value={values?.smsCode}
          autofocus={!refusal}
          sentTo={sent?.maskedPhone}
        />
        <SmsNotReceived {...{ page, captcha, refusal }} seconds={sent?.resendInSeconds ?? 0} />
        <p>
          <Button id="reset-verify" name="deed" value="reset-verify">
            {t.passwordReset.next}
          </Button>
        </p>
      </Form>
    </Frame>
  );
}

/** Of a verified account: an SMS code proves a number, not a person. */
export function ResetPersonPage(props: ResetProps & { maskedPhone: string; unknown: boolean }) {
  const { page, i, values, refusal, maskedPhone, unknown } = props;
  const { t } = page;
  return (
    <Frame {...props} at={2}>
      <p>{(unknown ? t.passwordReset.contactIntro : t.passwordReset.personIntro)({ phone: maskedPhone })}</p>
      <Form page={page} action={`/interaction/${i.uid}/reset/person`}>
        <TextField
          page={page}
          name="name"
          label={t.passwordReset.name}
          value={values?.name}
          refusal={refusal}
          autocomplete="name"
          autofocus={!refusal}
        />
        <TextField
          page={page}
          name="idNumberLast6"
          label={t.passwordReset.idNumberLast6}
          hint={t.passwordReset.idNumberLast6Hint}
          value={values?.idNumberLast6}
          refusal={refusal}
          width="code"
        />
        <p>
          <Button id="reset-prove">{t.passwordReset.next}</Button>
        </p>
      </Form>
    </Frame>
  );
}

/** The new password; also the first one of an account that never had any. */
export function ResetPasswordPage(props: ResetProps & { maskedPhone: string }) {
  const { page, i, refusal, maskedPhone } = props;
  const { t } = page;
  return (
    <Frame {...props} at={3}>
      <p>{t.passwordReset.passwordIntro({ phone: maskedPhone })}</p>
      <Form page={page} action={`/interaction/${i.uid}/reset/password`}>
        <TextField
          page={page}
          name="password"
          label={t.passwordReset.password}
          hint={t.registration.passwordHint}
          refusal={refusal}
          type="password"
          width="long"
          autocomplete="new-password"
          autofocus={!refusal}
        />
        <p>
          <Button id="reset-submit">{t.passwordReset.submit}</Button>
        </p>
      </Form>
    </Frame>
  );
}
