import { Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Ways } from '../../web/parts.js';
import type { Receipt, Receipted } from './logout-receipts.service.js';

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

/** The signed-out page: first what is left to do, at sites that nobody can tell; then which know, and which will be told again. */
export function ReceiptPage({ page, receipt, again }: { page: PageContext; receipt: Receipt; again: string }) {
  const { t } = page;
  const { told, waiting, lasting } = receipt;
  return (
    <Layout page={page} title={t.oidc.signedOutTitle}>
      <p>{t.oidc.signedOutText}</p>
      {lasting.length > 0 && (
        <Notice kind="warning" title={t.oidc.lastingTitle}>
          <p>{t.oidc.lasting}</p>
          <ul id="lasting">
            {lasting.map(({ name, uri }) => (
              <li>{uri ? <a href={uri}>{name}</a> : name}</li>
            ))}
          </ul>
        </Notice>
      )}
      {told.length > 0 && (
        <>
          <p>{t.oidc.told}</p>
          <Names id="told" sites={told} />
        </>
      )}
      {waiting.length > 0 && (
        <>
          <p>{t.oidc.notTold}</p>
          <Names id="not-told" sites={waiting} />
          <p>
            <a id="receipt-again" href={again}>
              {t.oidc.receiptAgain}
            </a>
          </p>
        </>
      )}
      <p>{t.oidc.shared}</p>
      <p>
        <a class="button main" id="onward" href="/">
          {t.web.home}
        </a>
      </p>
    </Layout>
  );
}

function Names({ id, sites }: { id: string; sites: readonly Receipted[] }) {
  return (
    <ul id={id}>
      {sites.map(({ name }) => (
        <li>{name}</li>
      ))}
    </ul>
  );
}
