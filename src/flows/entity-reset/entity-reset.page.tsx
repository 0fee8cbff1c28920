import type { ComponentChildren } from 'preact';
import type { Profile } from '../../identity/accounts/standing.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CaptchaField } from '../../web/captcha.js';
import { withChinese } from '../../web/chinese.js';
import { SmsCodeField, SmsNotReceived } from '../../web/codes.js';
import { CreditCodeField } from '../../web/entity-fields.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Steps, Ways, digits } from '../../web/parts.js';

export interface ResetProps {
  page: PageContext;
  i: CurrentInteraction;
  values?: Record<string, string>;
  refusal?: Refusal;
}

interface FrameProps extends ResetProps {
  /** Which entity, then who speaks for it (code, name and number), then the password. */
  at: 1 | 2 | 3;
  notice?: ComponentChildren;
  children: ComponentChildren;
}

const base = (i: CurrentInteraction): string => `/interaction/${i.uid}`;
/** Province by data: whose number gets the message, and whose name counts. */
const who = ({ t, jurisdiction }: PageContext) =>
  jurisdiction.representativeFirst ? t.entityReset.representative : t.entityReset.contact;

/** What every page of it has. */
export function ResetFrame({ page, i, at, refusal, notice, children }: FrameProps) {
  const { t } = page;
  return (
    <Layout page={page} title={t.entityReset.title} refusal={refusal} notice={notice}>
      <Steps page={page} names={t.entityReset.steps} at={at} />
      {children}
      <Ways
        items={[
          { id: 'back-to-login', href: `${base(i)}/login?kind=entity`, text: t.passwordReset.backToLogin },
          at > 1 && { id: 'reset-again', href: `${base(i)}/reset/entity`, text: t.entityReset.another },
        ]}
      />
    </Layout>
  );
}

/** Which entity; the same page and the same time whether or not it has an account. */
export function EntityResetPage(props: ResetProps & { stage: CodeStage }) {
  const { page, i, values, refusal, stage } = props;
  const { t } = page;
  const address = `${base(i)}/reset/entity`;
  return (
    <ResetFrame {...props} at={1}>
      <p>{who(page).intro}</p>
      <Form page={page} action={address}>
        <CreditCodeField {...{ page, values, refusal }} autofocus={!refusal} />
        {stage.captchaId && (
          <CaptchaField
            page={page}
            captchaId={stage.captchaId}
            anotherHref={address}
            refreshPath={`${base(i)}/captcha`}
            refusal={refusal}
          />
        )}
        <p>
          <Button id="reset-next">{t.passwordReset.next}</Button>
        </p>
      </Form>
      {page.jurisdiction.login.methods.includes('certificate') && (
        <Ways
          items={[{ id: 'reset-certificate', href: `${address}/certificate`, text: t.entityReset.byCertificate }]}
        />
      )}
    </ResetFrame>
  );
}

/** The code that was sent, if there is somebody to send it to. */
export function EntityResetCodePage(props: ResetProps & { stage: CodeStage }) {
  const { page, i, values, refusal, stage } = props;
  const { t } = page;
  const { sent, captchaId } = stage;
  const address = `${base(i)}/reset/entity/code`;
  const captcha = captchaId
    ? { page, captchaId, anotherHref: address, refreshPath: `${base(i)}/captcha`, refusal }
    : undefined;
  const notice = sent && (
    <Notice kind="info" title={t.entityReset.sentTitle}>
      <p>{who(page).sent({ minutes: sent.minutes })}</p>
    </Notice>
  );
  return (
    <ResetFrame {...props} at={2} notice={notice}>
      <Form page={page} action={address}>
        <DefaultSubmit name="deed" value="reset-verify" />
        <SmsCodeField page={page} refusal={refusal} value={values?.['smsCode']} autofocus={!refusal} />
        <SmsNotReceived {...{ page, captcha, refusal }} seconds={sent?.resendInSeconds ?? 0} />
        <p>
          <Button id="reset-verify" name="deed" value="reset-verify">
            {t.passwordReset.next}
          </Button>
        </p>
      </Form>
    </ResetFrame>
  );
}

/** Who speaks for the entity: a code proves a number, not a person. */
export function EntityResetPersonPage(props: ResetProps) {
  const { page, i, values, refusal } = props;
  const { t } = page;
  return (
    <ResetFrame {...props} at={2}>
      <p>{who(page).personIntro}</p>
      <Form page={page} action={`${base(i)}/reset/entity/person`}>
        <TextField
          page={page}
          name="name"
          label={t.passwordReset.name}
          value={values?.['name']}
          refusal={refusal}
          autofocus={!refusal}
        />
        <TextField
          page={page}
          name="idNumber"
          label={t.verification.idNumber}
          hint={t.verification.idNumberHint}
          value={values?.['idNumber']}
          refusal={refusal}
          width="long"
        />
        <p>
          <Button id="reset-prove">{t.passwordReset.next}</Button>
        </p>
      </Form>
    </ResetFrame>
  );
}

/** The new password; and what the entity logs in with, where it has a name of its own. */
export function EntityResetPasswordPage(props: ResetProps & { entity?: Profile }) {
  const { page, i, refusal, entity } = props;
  const { t } = page;
  return (
    <ResetFrame {...props} at={3}>
      <Facts
        items={[
          [t.entityRegistration.entityName, withChinese(page, entity?.maskedName)],
          [t.entityRegistration.creditCode, digits(entity?.entity?.maskedCreditCode)],
          [t.entityRegistration.userName, entity?.userName && <span id="user-name">{entity.userName}</span>],
        ]}
      />
      <p>{t.entityReset.passwordIntro}</p>
      <Form page={page} action={`${base(i)}/reset/entity/password`}>
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
    </ResetFrame>
  );
}
