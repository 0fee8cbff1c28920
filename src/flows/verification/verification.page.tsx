import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Steps, Ways } from '../../web/parts.js';

interface FieldsProps {
  page: PageContext;
  action: string;
  /** Names the account, where it has a number. */
  maskedPhone?: string;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** The form and what it explains: the same on a site's demand and in the user centre. */
export function VerificationFields({ page, action, maskedPhone, values, refusal }: FieldsProps) {
  const { t } = page;
  return (
    <div>
      {maskedPhone && <p>{t.verification.account({ phone: maskedPhone })}</p>}
      <p>{t.verification.explanation}</p>
      <Form page={page} action={action}>
        <TextField
          page={page}
          name="name"
          label={t.verification.name}
          hint={t.verification.nameHint}
          value={values?.name}
          refusal={refusal}
          autocomplete="name"
        />
        <TextField
          page={page}
          name="idNumber"
          label={t.verification.idNumber}
          hint={t.verification.idNumberHint}
          value={values?.idNumber}
          refusal={refusal}
          width="long"
        />
        <p>
          <Button id="verification-submit">{t.verification.submit}</Button>
        </p>
      </Form>
    </div>
  );
}

/** Where to go when it does not succeed. */
export function VerificationHelp({ page }: { page: PageContext }) {
  const { t, jurisdiction } = page;
  return (
    <details>
      <summary>{t.verification.help}</summary>
      <p>{t.verification.helpText({ hotline: jurisdiction.hotline.number })}</p>
    </details>
  );
}

interface VerificationProps extends Omit<FieldsProps, 'action'> {
  i: CurrentInteraction;
  /** The one the account has. */
  userName?: string;
}

/** After registering, or when a site asks for it (LOOK 3). */
export function VerificationPage({ page, i, maskedPhone, values, refusal, userName }: VerificationProps) {
  const { t, language, jurisdiction } = page;
  const named = i.registered && jurisdiction.login.identifiers.includes('user-name');
  const site = i.site.name[language];
  const base = `/interaction/${i.uid}/verification`;
  // An ID card alone does not reach what is above its level.
  const advanced = (i.wantedLevel ?? 0) > 1;
  const demanded = advanced ? t.alipay.demanded({ site }) : t.verification.demanded({ site });
  const reason = i.mustLevel ? demanded : t.verification.wished({ site });
  return (
    <Layout
      {...{ page, refusal }}
      title={t.verification.title}
      notice={named && userName && <Notice kind="success" title={t.userName.done({ name: userName })} />}
    >
      {i.registered && <Steps page={page} names={t.registration.steps} at={2} />}
      <p>{i.wantedLevel === undefined ? t.verification.intro : reason}</p>
      {advanced ? (
        <div>
          {maskedPhone && <p>{t.verification.account({ phone: maskedPhone })}</p>}
          <p>{t.alipay.raiseText}</p>
        </div>
      ) : (
        <VerificationFields page={page} action={base} maskedPhone={maskedPhone} values={values} refusal={refusal} />
      )}
      {page.alipay?.verifies && (
        <p>
          <a
            class={advanced ? 'button main' : 'button second'}
            id="login-alipay"
            href={`/interaction/${i.uid}/alipay/start`}
          >
            {t.alipay.raise}
          </a>
        </p>
      )}
      <Form page={page} action={`${base}/skip`}>
        <Button id="verification-skip" kind="link">
          {i.mustLevel ? t.verification.decline({ site }) : t.verification.skip}
        </Button>
      </Form>
      {named && !userName && (
        <Ways items={[{ id: 'user-name', href: `/interaction/${i.uid}/user-name`, text: t.userName.offer }]} />
      )}
      {!advanced && <VerificationHelp page={page} />}
    </Layout>
  );
}
