import { Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';

/** One button: the person, not a site, decides to sign out of everything. */
export function LogoutPage({
  page,
  action,
  xsrf,
  stay,
}: {
  page: PageContext;
  action: string;
  xsrf: string;
  stay: string;
}) {
  const { t } = page;
  return (
    <Layout page={page} title={t.oidc.logoutTitle}>
      <p>{t.oidc.logoutText}</p>
      <Form page={page} action={action}>
        <input type="hidden" name="xsrf" value={xsrf} />
        <p>
          <button type="submit" id="logout-confirm" class="button main" name="logout" value="yes">
            {t.oidc.logoutSubmit}
          </button>
        </p>
      </Form>
      <Ways items={[{ id: 'logout-stay', href: stay, text: t.oidc.logoutStay }]} />
    </Layout>
  );
}

/** The signed-out page: which sites were told, which did not answer. */
export function ReceiptPage({ page, told, notTold }: { page: PageContext; told: string[]; notTold: string[] }) {
  const { t } = page;
  return (
    <Layout page={page} title={t.oidc.signedOutTitle}>
      <p>{t.oidc.signedOutText}</p>
      <Names id="told" text={t.oidc.told} names={told} />
      <Names id="not-told" text={t.oidc.notTold} names={notTold} />
      <p>{t.oidc.shared}</p>
      <p>
        <a class="button main" id="onward" href="/">
          {t.web.home}
        </a>
      </p>
    </Layout>
  );
}

function Names({ id, text, names }: { id: string; text: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <p>{text}</p>
      <ul id={id}>
        {names.map((name) => (
          <li>{name}</li>
        ))}
      </ul>
    </>
  );
}
