import type { WaitingCertificate } from '../../identity/certificates/waiting-certificates.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { CaptchaField } from '../../web/captcha.js';
import { CertificateFields, atCertificateFields } from '../../web/certificate-form.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Ways } from '../../web/parts.js';
import type { ChallengeFields } from './certificate-login.service.js';
import { loginHref } from './login-frame.js';

export interface ReplacementProps {
  page: PageContext;
  i: CurrentInteraction;
  /** The account's entity. */
  entity: string;
  waiting: WaitingCertificate;
  /** For the proof by another certificate; without them the password is asked for. */
  fields?: ChallengeFields;
  captchaId?: string;
  values?: Record<string, string>;
  refusal?: Refusal;
}

export const replacementHref = ({ uid }: CurrentInteraction, by?: 'certificate'): string =>
  `/interaction/${uid}/login/replacement${by ? `?by=${by}` : ''}`;

function ByPassword({ page, i, waiting, captchaId, refusal }: ReplacementProps) {
  const { t } = page;
  return (
    <Form page={page} action={replacementHref(i)}>
      <input type="hidden" name="thumbprint" value={waiting.proved.certificate.thumbprint} />
      <TextField
        page={page}
        name="password"
        label={t.certificateLogin.password}
        refusal={refusal}
        type="password"
        width="long"
        autocomplete="current-password"
        autofocus={!refusal}
      />
      {captchaId && (
        <CaptchaField
          page={page}
          captchaId={captchaId}
          anotherHref={replacementHref(i)}
          refreshPath={`/interaction/${i.uid}/captcha`}
          refusal={refusal}
        />
      )}
      <p>
        <Button id="replacement-submit">{t.certificateLogin.replacementSubmit}</Button>
      </p>
    </Form>
  );
}

function ByCertificate({ page, i, fields, values, refusal, waiting }: ReplacementProps & { fields: ChallengeFields }) {
  const { t } = page;
  const from = replacementHref(i, 'certificate');
  return (
    <Form page={page} action={`${replacementHref(i)}/certificate`}>
      <p>{t.certificateLogin.otherIntro}</p>
      <CertificateFields {...{ page, values, refusal, from, ...fields }} entity={waiting.proved.creditCode} />
      <p>
        <Button id="certificate-submit">{t.certificateLogin.replacementSubmit}</Button>
      </p>
    </Form>
  );
}

/** Names the certificate and the account it would open, and asks for the account's own word. */
export function ReplacementPage(props: ReplacementProps) {
  const { page, i, entity, waiting, fields, refusal } = props;
  const { t, language } = page;
  const text = t.certificateLogin;
  const { authority, certificate } = waiting.proved;
  return (
    <Layout page={page} title={text.replacementTitle} refusal={refusal && atCertificateFields(refusal)}>
      <p>{withChinese(page, text.replacementIntro({ entity }))}</p>
      <Facts
        items={[
          [text.facts.authority, withChinese(page, authority.name[language])],
          [text.facts.until, chinaDay(certificate.notAfter)],
          [text.facts.serial, certificate.serial.slice(-4).toUpperCase()],
        ]}
      />
      {fields ? <ByCertificate {...props} fields={fields} /> : <ByPassword {...props} />}
      <Ways
        items={[
          fields
            ? { id: 'by-password', href: replacementHref(i), text: text.byPassword }
            : { id: 'by-certificate', href: replacementHref(i, 'certificate'), text: text.byCertificate },
          { id: 'back-to-login', href: loginHref(i, 'entity', 'certificate'), text: text.back },
        ]}
      />
    </Layout>
  );
}
