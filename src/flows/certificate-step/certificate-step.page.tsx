import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CertificateFields, atCertificateFields } from '../../web/certificate-form.js';
import type { CertificateProps } from '../../web/certificate-form.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Steps } from '../../web/parts.js';
import type { CertificateStage } from './certificate-step.service.js';

export interface StepProps {
  page: PageContext;
  i: CurrentInteraction;
  stage: CertificateStage;
  /** The account's entity. */
  entity: string;
  /** Where a signature is due. */
  fields?: Pick<CertificateProps, 'challenge' | 'authorities' | 'entity'>;
  values?: Record<string, string>;
  refusal?: Refusal;
}

const pathOf = ({ uid }: CurrentInteraction): string => `/interaction/${uid}/certificate`;

/** Why this page is here: what the site wants, what can be done now. */
function Why({ page, i, stage, entity }: StepProps) {
  const t = page.t.certificateStep;
  const site = i.site.name[page.language];
  const asked = i.mustLevel ? t.demanded({ site }) : t.wished({ site });
  const due = {
    bind: t.bindIntro,
    sign: withChinese(page, t.signIntro({ entity })),
    unbound: withChinese(page, t.unboundIntro({ entity })),
  };
  return (
    <div>
      {i.wantedLevel !== undefined && <p>{asked}</p>}
      <p>{due[stage]}</p>
    </div>
  );
}

/** The way to the account's certificates, and back here. */
function BindFirst({ page, i, stage, refusal }: StepProps) {
  const t = page.t.certificateStep;
  const another = refusal?.list.some(({ code }) => code === 'certificate.not-own') ?? false;
  if (stage !== 'unbound' && !another) return null;
  return (
    <p>
      <a class={another ? 'button second' : 'button main'} id="certificate-bind-first" href={`${pathOf(i)}/bind-first`}>
        {another ? t.bindAnother : t.bindFirst}
      </a>
    </p>
  );
}

function Sign({ page, i, stage, fields, values, refusal }: StepProps) {
  const t = page.t.certificateStep;
  if (!fields) return null;
  return (
    <Form page={page} action={pathOf(i)}>
      <CertificateFields {...{ page, values, refusal, ...fields }} from={pathOf(i)} />
      <p>
        <Button id="certificate-submit">{stage === 'bind' ? t.bindSubmit : t.signSubmit}</Button>
      </p>
    </Form>
  );
}

/** After registering, or when a site asks for the certificate. A wish may be declined, a must leads back to the site. */
export function CertificateStepPage(props: StepProps) {
  const { page, i, refusal } = props;
  const { t, language } = page;
  const text = t.certificateStep;
  const centre = page.jurisdiction.labels.userCentre[language];
  const skip = i.registered ? text.skip({ centre }) : text.goOn;
  return (
    <Layout
      page={page}
      title={i.registered ? text.bindTitle : text.signTitle}
      refusal={refusal && atCertificateFields(refusal)}
    >
      {i.registered && <Steps page={page} names={t.entityRegistration.steps} at={3} />}
      <Why {...props} />
      <BindFirst {...props} />
      <Sign {...props} />
      <Form page={page} action={`${pathOf(i)}/skip`}>
        <Button id="certificate-skip" kind="link">
          {i.mustLevel ? text.decline({ site: i.site.name[language] }) : skip}
        </Button>
      </Form>
    </Layout>
  );
}
