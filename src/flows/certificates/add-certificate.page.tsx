import type { CreditCode } from '../../shared/credit-code.js';
import type { Refusal } from '../../shared/refusal.js';
import { atCertificateFields, CertificateFields } from '../../web/certificate-form.js';
import type { NamedAuthority } from '../../web/certificate-words.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Steps, Ways } from '../../web/parts.js';

interface Props {
  page: PageContext;
  /** Whom it acts on. */
  entity: string;
  creditCode: CreditCode;
  challenge: string;
  authorities: readonly NamedAuthority[];
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** `/account/certificates/add`: the certificate that is to be bound signs. */
export function AddCertificatePage({ page, entity, creditCode, challenge, authorities, values, refusal }: Props) {
  const { certificates: t } = page.t;
  const path = '/account/certificates/add';
  const placed = refusal && atCertificateFields(refusal);
  return (
    <Layout page={page} title={t.acts['certificate-bind']} refusal={placed}>
      {page.jurisdiction.codeBeforeCertificate && <Steps page={page} names={t.steps} at={2} />}
      <p>{withChinese(page, t.signIntro({ entity }))}</p>
      <Form page={page} action={path}>
        <CertificateFields {...{ page, challenge, authorities, values, refusal }} entity={creditCode} from={path} />
        <p>
          <Button id="certificate-submit">{t.submit}</Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: '/account/certificates', text: t.back }]} />
    </Layout>
  );
}
