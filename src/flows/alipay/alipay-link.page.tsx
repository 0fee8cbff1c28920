import type { Vouched } from '../../identity/alipay/alipay-real-name.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';

interface LinkProps {
  page: PageContext;
  i: CurrentInteraction;
  vouched: Vouched;
  /** Where the code to the account's number stands; absent when it has none. */
  code?: CodeStage;
  maskedPhone?: string;
  refusal?: Refusal;
}

/** The account that is there already: proved once by password or code, then linked and logged in to. */
export function AlipayLinkPage({ page, i, vouched, code, maskedPhone = '', refusal }: LinkProps) {
  const { t } = page;
  const address = `/interaction/${i.uid}/alipay/link`;
  const who = { name: vouched.name.masked(), idNumber: vouched.idNumber.masked() };
  const password = (
    <TextField
      page={page}
      name="password"
      label={t.alipay.linkPassword}
      hint={code?.sent && t.alipay.linkEither}
      refusal={refusal}
      type="password"
      width="long"
      autocomplete="current-password"
      autofocus={!refusal && !code?.sent}
    />
  );
  return (
    <Layout
      {...{ page, refusal }}
      title={t.alipay.linkTitle}
      notice={code?.sent && <SmsSentNotice page={page} {...code.sent} />}
    >
      <p>{withChinese(page, t.alipay.linkIntro(who))}</p>
      <Form page={page} action={address}>
        <DefaultSubmit />
        {!code?.sent && password}
        {!code?.sent && <p class="hint">{code ? t.alipay.linkCode({ phone: maskedPhone }) : t.alipay.linkNoCode}</p>}
        {code && <CodeBlock {...{ page, refusal }} stage={code} anotherHref={address} refreshPath={address} />}
        {code?.sent && password}
        <p>
          <Button id="alipay-link-submit" name="deed" value="alipay-link-submit">
            {t.alipay.linkSubmit}
          </Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back-to-login', href: `/interaction/${i.uid}/login`, text: t.alipay.backToLogin }]} />
    </Layout>
  );
}
