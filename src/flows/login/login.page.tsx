import type { AccountKind } from '../../shared/account.js';
import type { Refusal } from '../../shared/refusal.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { CaptchaField } from '../../web/codes.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Tabs } from '../../web/parts.js';

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
  if (kind === 'entity') return t.login.identifier['credit-code'];
  return jurisdiction.login.identifiers.map((one) => t.login.identifier[one]).join(t.login.or);
}

/** Login (LOOK 3): where it leads back to, who, how, and the ways out. */
export function LoginPage({ page, i, kind, values, refusal, captchaId }: LoginProps) {
  const { t, language, jurisdiction } = page;
  const site = i.site.name[language];
  const base = `/interaction/${i.uid}/login`;
  const { methods } = jurisdiction.login;
  return (
    <Layout page={page} title={t.login.title({ name: page.portalName })} refusal={refusal}>
      <p>{t.login.backTo({ site })}</p>
      <Tabs
        label={t.login.kindLabel}
        items={(['person', 'entity'] as const).map((one) => ({
          href: one === 'person' ? base : `${base}?kind=entity`,
          text: jurisdiction.labels[one][language],
          current: one === kind,
        }))}
      />
      {methods.length > 1 && (
        <Tabs
          label={t.login.methodLabel}
          items={methods.map((method) => ({
            href: `${base}?kind=${kind}&method=${method}`,
            text: t.login.methods[method],
            current: method === 'password',
          }))}
        />
      )}
      {kind === 'entity' && <p class="hint">{t.login.entityHint}</p>}
      <Form page={page} action={kind === 'person' ? base : `${base}?kind=entity`}>
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
            anotherHref={base}
            refreshPath={`/interaction/${i.uid}/captcha`}
            refusal={refusal}
          />
        )}
        <p>
          <Button id="login-submit">{t.login.submit}</Button>
        </p>
      </Form>
      <p>
        <a id="register" href={`/interaction/${i.uid}/register/${kind}`}>
          {t.login.register}
        </a>
      </p>
      <Form page={page} action={`${base}/cancel`}>
        <Button id="login-cancel" kind="link">
          {t.login.cancel({ site })}
        </Button>
      </Form>
    </Layout>
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
