import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';

interface RaiseProps {
  page: PageContext;
  i: CurrentInteraction;
  maskedPhone: string;
  refusal?: Refusal;
}

/** The account holds the level; this session, opened by an SMS code, does not yet. */
export function PasswordRaisePage({ page, i, maskedPhone, refusal }: RaiseProps) {
  const { t, language } = page;
  const site = i.site.name[language];
  const base = `/interaction/${i.uid}`;
  return (
    <Layout page={page} title={t.verification.raiseTitle} refusal={refusal}>
      <p>{t.verification.raiseIntro({ site })}</p>
      <p>{t.verification.raiseAccount({ phone: maskedPhone })}</p>
      <Form page={page} action={`${base}/verification/password`}>
        <TextField
          page={page}
          name="password"
          label={t.proof.password}
          refusal={refusal}
          type="password"
          width="long"
          autocomplete="current-password"
          autofocus={!refusal}
        />
        <p>
          <Button id="raise-submit">{t.verification.raiseSubmit}</Button>
        </p>
      </Form>
      {page.alipay?.verifies && (
        <p>
          <a class="button second" id="login-alipay" href={`${base}/alipay/start`}>
            {t.alipay.raise}
          </a>
        </p>
      )}
      <Form page={page} action={`${base}/verification/skip`}>
        <Button id="verification-skip" kind="link">
          {i.mustLevel ? t.verification.decline({ site }) : t.verification.raiseSkip}
        </Button>
      </Form>
    </Layout>
  );
}
