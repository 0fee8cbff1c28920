import { atCertificateFields, CertificateFields } from '../../web/certificate-form.js';
import type { CertificateProps } from '../../web/certificate-form.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';
import type { Refused } from './word-fields.js';
import type { ChangeKind } from './words.service.js';

interface Props extends Refused {
  page: PageContext;
  kind: ChangeKind;
  fields: Pick<CertificateProps, 'challenge' | 'authorities' | 'entity'>;
}

/** The entity's certificate signs the change: nobody else's word is needed. */
export function CertifiedChangePage({ page, kind, fields, values, refusal }: Props) {
  const { t } = page;
  const path = `/account/${kind}/certificate`;
  return (
    <Layout page={page} title={t[kind].certificateTitle} refusal={refusal && atCertificateFields(refusal)}>
      <p>{t.representative.certificateIntro}</p>
      <Form page={page} action={path}>
        <CertificateFields {...{ page, values, refusal, ...fields }} from={path} />
        <p>
          <Button id="certificate-submit">{t[kind].submit}</Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: `/account/${kind}/confirm`, text: t.representative.otherWays }]} />
    </Layout>
  );
}
