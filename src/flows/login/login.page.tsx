import type { AccountKind } from '../../shared/account.js';
import type { Refusal } from '../../shared/refusal.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { CaptchaField } from '../../web/captcha.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { LoginFrame, loginHref } from './login-frame.js';

interface LoginProps {
  page: PageContext;
  i: CurrentInteraction;
  kind: AccountKind;
  values?: Record<string, string>;
  refusal?: Refusal;
  captchaId?: string;
}

/** What may be typed into the one field, in words. */
function identifierLabel({ t, jurisdiction }: PageContext, kind: AccountKind): string {
  const { identifiers } = jurisdiction.login;
  if (kind === 'person') return identifiers.map((one) => t.login.identifier[one]).join(t.login.or);
  const names = identifiers.includes('user-name')
    ? (['credit-code', 'user-name'] as const)
    : (['credit-code'] as const);
  return names.map((one) => t.login.identifier[one]).join(t.login.or);
}

/** Login by password: one field that recognises what was typed. */
export function LoginPage({ page, i, kind, values, refusal, captchaId }: LoginProps) {
  const { t } = page;
  const action = loginHref(i, kind);
  return (
    <LoginFrame {...{ page, i, kind, refusal }} method="password">
      <Form page={page} action={action}>
        <TextField
          page={page}
          name="identifier"
          label={identifierLabel(page, kind)}
          value={values?.identifier ?? i.loginHint}
          refusal={refusal}
          width="long"
          autocomplete="username"
          autofocus={!refusal}
        />
        <TextField
          page={page}
          name="password"
          label={t.login.password}
          refusal={refusal}
          type="password"
          width="long"
          autocomplete="current-password"
        />
        {captchaId && (
          <CaptchaField
            page={page}
            captchaId={captchaId}
            anotherHref={action}
            refreshPath={`/interaction/${i.uid}/captcha`}
            refusal={refusal}
          />
        )}
        <p>
          <Button id="login-submit">{t.login.submit}</Button>
        </p>
      </Form>
    </LoginFrame>
  );
}

/** A site that takes another kind of account: log in as one, or go back. */
export function OtherKindPage({ page, i }: { page: PageContext; i: CurrentInteraction }) {
  const { t, language, jurisdiction } = page;
  const site = i.site.name[language];
  const [wanted = 'person'] = i.site.accountKinds;
  const kind = jurisdiction.labels[wanted][language];
  return (
    <Layout page={page} title={t.login.otherKindTitle}>
      <p>{t.login.otherKind({ site, kind })}</p>
      <p>
        <a class="button main" id="onward" href={`/interaction/${i.uid}/login?kind=${wanted}`}>
          {t.login.otherKindSubmit({ kind })}
        </a>
      </p>
      <Form page={page} action={`/interaction/${i.uid}/login/cancel`}>
        <Button id="login-cancel" kind="link">
          {t.login.cancel({ site })}
        </Button>
      </Form>
    </Layout>
  );
}
