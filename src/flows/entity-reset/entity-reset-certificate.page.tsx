import { CertificateFields, atCertificateFields } from '../../web/certificate-form.js';
import type { CertificateProps } from '../../web/certificate-form.js';
import { Button, Form } from '../../web/form.js';
import { ResetFrame } from './entity-reset.page.js';
import type { ResetProps } from './entity-reset.page.js';

type Props = ResetProps & { fields: Pick<CertificateProps, 'challenge' | 'authorities'> };

/** A bound certificate: whose it is, is told by the certificate. */
export function EntityResetCertificatePage(props: Props) {
  const { page, i, fields, values, refusal } = props;
  const { t } = page;
  return (
    <ResetFrame {...props} at={2} refusal={refusal && atCertificateFields(refusal)}>
      <p>{t.entityReset.certificateIntro}</p>
      <Form page={page} action={`/interaction/${i.uid}/reset/entity/certificate`}>
        <CertificateFields {...{ page, values, refusal, ...fields }} />
        <p>
          <Button id="certificate-submit">{t.passwordReset.next}</Button>
        </p>
      </Form>
    </ResetFrame>
  );
}
