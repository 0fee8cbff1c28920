import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, CheckField, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { AgreementBox } from '../../web/parts.js';

/** The new text, a tick, and the way back. */
export function AgreementPage({ page, i, refusal }: { page: PageContext; i: CurrentInteraction; refusal?: Refusal }) {
  const { t, language, jurisdiction } = page;
  const title = jurisdiction.agreement.title[language];
  const base = `/interaction/${i.uid}/agreement`;
  return (
    <Layout page={page} title={t.registration.agreementTitle} refusal={refusal}>
      <p>{t.registration.agreementText}</p>
      <Form page={page} action={base}>
        <input type="hidden" name="agreementVersion" value={jurisdiction.agreement.version} />
        <AgreementBox page={page} label={title} newTab={t.registration.agreementNewTab} />
        <CheckField page={page} name="agreement" label={t.registration.agree({ title })} refusal={refusal} />
        <p>
          <Button id="agreement-submit">{t.registration.agreementSubmit}</Button>
        </p>
      </Form>
      <Form page={page} action={`${base}/decline`}>
        <Button id="agreement-decline" kind="link">
          {t.registration.agreementDecline}
        </Button>
      </Form>
    </Layout>
  );
}
