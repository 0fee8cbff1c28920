import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal, RefusalCode } from '../../shared/refusal.js';
import { CertificateFields, atCertificateFields } from '../../web/certificate-form.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';
import type { ChallengeFields } from './certificate-login.service.js';
import { LoginFrame, loginHref } from './login-frame.js';

interface CertificateLoginProps {
  page: PageContext;
  i: CurrentInteraction;
  fields: ChallengeFields;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** Where one goes on with a certificate that has proved itself and opens no account. */
function Onward({ page, i, refusal }: CertificateLoginProps) {
  const { certificateLogin: t } = page.t;
  const was = (code: RefusalCode) => refusal?.list.some((one) => one.code === code) ?? false;
  if (was('certificate.not-bound')) {
    return (
      <div class="onward">
        <Notice kind="info" title={t.replaceTitle}>
          <Form page={page} action={`/interaction/${i.uid}/login/replacement/begin`}>
            <Button id="certificate-replace" kind="second">
              {t.replace}
            </Button>
          </Form>
        </Notice>
      </div>
    );
  }
  if (!was('certificate.no-account')) return null;
  return (
    <div class="onward">
      <Notice kind="info" title={t.registerTitle}>
        <a class="button second" id="certificate-register" href={`/interaction/${i.uid}/register/entity`}>
          {t.register}
        </a>
      </Notice>
    </div>
  );
}

/** Login by certificate: the same frame as by password. */
export function CertificateLoginPage(props: CertificateLoginProps) {
  const { page, i, fields, values, refusal } = props;
  const { t } = page;
  return (
    <LoginFrame {...{ page, i }} kind="entity" method="certificate" refusal={refusal && atCertificateFields(refusal)}>
      <Onward {...props} />
      <p>{t.certificateLogin.intro}</p>
      <Form page={page} action={`/interaction/${i.uid}/login/certificate`}>
        <CertificateFields {...{ page, values, refusal, ...fields }} from={loginHref(i, 'entity', 'certificate')} />
        <p>
          <Button id="certificate-submit">{t.certificateLogin.submit}</Button>
        </p>
      </Form>
    </LoginFrame>
  );
}
