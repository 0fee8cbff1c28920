import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import type { CreditCode } from '../../shared/credit-code.js';
import type { Refusal } from '../../shared/refusal.js';
import { atCertificateFields, CertificateFields } from '../../web/certificate-form.js';
import type { NamedAuthority } from '../../web/certificate-words.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';

interface Props {
  page: PageContext;
  act: GuardedAct;
  /** The account it is about: the page names whom it acts on. */
  account: string;
  creditCode?: CreditCode;
  challenge: string;
  authorities: readonly NamedAuthority[];
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** The proof page, for whoever holds a bound certificate. */
export function CertificateProofPage(props: Props) {
  const { page, act, account, creditCode, challenge, authorities, values, refusal } = props;
  const { proof: t } = page.t;
  const path = `/account/proof/certificate?act=${act}`;
  const fields = { page, challenge, authorities, values, refusal, entity: creditCode, from: path };
  return (
    <Layout page={page} title={t.title} refusal={refusal && atCertificateFields(refusal)}>
      <p>{withChinese(page, t.certificateIntro({ act: t.acts[act], account }))}</p>
      <Form page={page} action={path}>
        <CertificateFields {...fields} />
        <p>
          <Button id="certificate-submit">{t.submit}</Button>
        </p>
      </Form>
      <Ways
        items={[
          { id: 'proof-other', href: `/account/proof?act=${act}`, text: t.byPassword },
          { id: 'back', href: '/account', text: t.back },
        ]}
      />
    </Layout>
  );
}
