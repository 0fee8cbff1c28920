import type { ComponentChildren } from 'preact';
import type { AccountKind, LoginMethod } from '../../shared/account.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { alipayWay } from '../../web/alipay.js';
import { lostNumberWay } from '../../web/codes.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Tabs, Ways } from '../../web/parts.js';

interface LoginFrameProps {
  page: PageContext;
  i: CurrentInteraction;
  kind: AccountKind;
  method: LoginMethod;
  refusal?: Refusal;
  /** What has just happened: a message is on its way. */
  notice?: ComponentChildren;
  /** As `Layout` has it. */
  refresh?: { seconds: number; href: string };
  children: ComponentChildren;
}

/** The methods there are for each kind; which of them the province has is its own file's word. */
const METHODS_OF: Record<AccountKind, readonly LoginMethod[]> = {
  person: ['password', 'sms', 'alipay', 'qr'],
  entity: ['password', 'certificate'],
};

/** Where a way of logging in is: the kind is named where the site asked for the other one. */
export function loginHref(i: CurrentInteraction, kind: AccountKind, method: LoginMethod = 'password'): string {
  const query = [
    (kind === 'entity' || i.kind !== kind) && `kind=${kind}`,
    method !== 'password' && `method=${method}`,
  ].filter(Boolean);
  return `/interaction/${i.uid}/login${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** What every way of logging in has (LOOK 3): where it leads back to, who, how, and the ways out. */
export function LoginFrame({ page, i, kind, method, refusal, notice, refresh, children }: LoginFrameProps) {
  const { t, language, jurisdiction } = page;
  const site = i.site.name[language];
  const base = `/interaction/${i.uid}/login`;
  const methods = jurisdiction.login.methods
    .filter((one) => METHODS_OF[kind].includes(one))
    .filter((one) => one !== 'qr' || i.app !== undefined);
  const href = (one: LoginMethod) => loginHref(i, kind, one);
  return (
    <Layout {...{ page, refusal, notice, refresh }} title={t.login.title({ name: page.portalName })} compact>
      <p>{t.login.backTo({ site })}</p>
      <Tabs
        label={t.login.kindLabel}
        items={(['person', 'entity'] as const).map((one) => ({
          href: loginHref(i, one),
          text: jurisdiction.labels[one][language],
          current: one === kind,
        }))}
      />
      {methods.length > 1 && (
        <Tabs
          label={t.login.methodLabel}
          items={methods.map((one) => ({
            id: `method-${one}`,
            href: href(one),
            text: t.login.methods[one],
            current: one === method,
          }))}
        />
      )}
      {kind === 'entity' && method === 'password' && <p class="hint">{t.login.entityHint}</p>}
      {children}
      <Ways
        items={[
          kind === 'person' && alipayWay(page, `/interaction/${i.uid}`),
          {
            id: 'reset',
            href: `/interaction/${i.uid}/reset${kind === 'entity' ? '?kind=entity' : ''}`,
            text: t.login.forgotten,
          },
          kind === 'person' && lostNumberWay(page, `/interaction/${i.uid}`),
          { id: 'register', href: `/interaction/${i.uid}/register/${kind}`, text: t.login.register },
        ]}
      />
      <Form page={page} action={`${base}/cancel`}>
        <Button id="login-cancel" kind="link">
          {t.login.cancel({ site })}
        </Button>
      </Form>
    </Layout>
  );
}
