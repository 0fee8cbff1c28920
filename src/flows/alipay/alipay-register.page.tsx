import type { Vouched } from '../../identity/alipay/alipay-real-name.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { AgreementField, isTicked } from '../../web/agreement.js';
import { withChinese } from '../../web/chinese.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Ways, digits } from '../../web/parts.js';

interface RegisterProps {
  page: PageContext;
  i: CurrentInteraction;
  vouched?: Vouched;
  /** Where the code to the number stands; absent for whom Alipay vouches for. */
  code?: CodeStage;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** What Alipay has confirmed, masked. */
function VouchedFacts({ page, vouched }: { page: PageContext; vouched: Vouched }) {
  const { t } = page;
  return (
    <div>
      <p>{t.alipay.certifiedIntro}</p>
      <Facts
        items={[
          [t.alipay.name, withChinese(page, vouched.name.masked())],
          [t.alipay.idNumber, digits(vouched.idNumber.masked())],
        ]}
      />
      <p class="hint">{t.alipay.fixed}</p>
    </div>
  );
}

function NumberBlock({ page, i, code, values, refusal }: RegisterProps & { code: CodeStage }) {
  const { t } = page;
  return (
    <div>
      <DefaultSubmit />
      <CodeBlock
        {...{ page, values, refusal }}
        stage={code}
        anotherHref={`/interaction/${i.uid}/alipay/register`}
        refreshPath={`/interaction/${i.uid}/captcha`}
        number={
          <TextField
            page={page}
            name="phone"
            label={t.alipay.phone}
            value={values?.phone ?? code.sent?.phone}
            refusal={refusal}
            type="tel"
            autocomplete="tel"
          />
        }
      />
    </div>
  );
}

/** An account by Alipay: the agreement once; who is not vouched for proves a number too. */
export function AlipayRegisterPage(props: RegisterProps) {
  const { page, i, vouched, code, values, refusal } = props;
  const { t, jurisdiction } = page;
  const { agreement } = jurisdiction;
  return (
    <Layout
      {...{ page, refusal }}
      title={t.alipay.registerTitle}
      notice={code?.sent && <SmsSentNotice page={page} {...code.sent} />}
    >
      {vouched ? <VouchedFacts page={page} vouched={vouched} /> : <p>{t.alipay.numberIntro}</p>}
      <Form page={page} action={`/interaction/${i.uid}/alipay/register`}>
        <input type="hidden" name="agreementVersion" value={agreement.version} />
        {code && <NumberBlock {...props} code={code} />}
        <AgreementField {...{ page, refusal }} ticked={isTicked(page, values)} />
        <p>
          <Button
            id="alipay-register-submit"
            name={code ? 'deed' : undefined}
            value={code ? 'alipay-register-submit' : undefined}
          >
            {t.alipay.registerSubmit}
          </Button>
        </p>
      </Form>
      <Ways items={[{ id: 'have-account', href: `/interaction/${i.uid}/login`, text: t.alipay.haveAccount }]} />
    </Layout>
  );
}
