import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Steps, Ways } from '../../web/parts.js';
import type { CertificateAct } from './certificate-codes.service.js';
import type { CertificateLine } from './certificate-list.service.js';

interface Props {
  page: PageContext;
  act: CertificateAct;
  /** Whom it acts on. */
  entity: string;
  /** Which one is to be unbound. */
  chosen?: CertificateLine;
  stage: CodeStage & { maskedPhone: string };
  values?: Record<string, string>;
  refusal?: Refusal;
}

const PATHS: Record<CertificateAct, string> = {
  'certificate-bind': '/account/certificates/add',
  'certificate-unbind': '/account/certificates/unbind',
};

function Chosen({ page, line }: { page: PageContext; line: CertificateLine }) {
  const t = page.t.certificates;
  return (
    <Facts
      items={[
        [t.certificate, withChinese(page, line.holder)],
        [t.authority, withChinese(page, line.authority)],
        [t.serial, <span class="mono">{line.serialEnd}</span>],
        [t.until, chinaDay(line.notAfter)],
      ]}
    />
  );
}

/** The code to the entity's number; after it one more certificate is signed for, or the chosen one unbound. */
export function CertificateCodePage({ page, act, entity, chosen, stage, values, refusal }: Props) {
  const { certificates: t } = page.t;
  const { sent, maskedPhone: phone } = stage;
  const path = PATHS[act];
  const unbinds = act === 'certificate-unbind';
  return (
    <Layout
      {...{ page, refusal }}
      title={t.acts[act]}
      notice={sent && <SmsSentNotice page={page} {...sent} />}
      wide={unbinds}
    >
      {!unbinds && <Steps page={page} names={t.steps} at={1} />}
      <p>{withChinese(page, t.codeIntro[act]({ entity, phone }))}</p>
      {chosen && <Chosen page={page} line={chosen} />}
      {unbinds && <p>{t.unbindText}</p>}
      <Form page={page} action={`${path}/code`}>
        <DefaultSubmit />
        <CodeBlock {...{ page, stage, values, refusal }} anotherHref={path} refreshPath={path} />
        <p>
          <Button id="certificates-next" kind={unbinds ? 'risky' : 'main'} name="deed" value="certificates-next">
            {unbinds ? t.unbind : t.next}
          </Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: '/account/certificates', text: t.back }]} />
    </Layout>
  );
}
