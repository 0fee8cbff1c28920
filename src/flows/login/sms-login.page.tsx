import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { LoginFrame } from './login-frame.js';

interface SmsLoginProps {
  page: PageContext;
  i: CurrentInteraction;
  stage: CodeStage;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** Login by a code to the number: the same frame as by password. */
export function SmsLoginPage({ page, i, stage, values, refusal }: SmsLoginProps) {
  const { t } = page;
  const { sent } = stage;
  return (
    <LoginFrame page={page} i={i} kind="person" method="sms" refusal={refusal}>
      {sent && !refusal && <SmsSentNotice page={page} maskedPhone={sent.maskedPhone} minutes={sent.minutes} />}
      <Form page={page} action={`/interaction/${i.uid}/login/sms`}>
        <DefaultSubmit />
        <TextField
          page={page}
          name="phone"
          label={t.login.identifier.phone}
          value={values?.phone ?? sent?.phone ?? i.loginHint}
          refusal={refusal}
          type="tel"
          autocomplete="tel"
          autofocus={!refusal && !sent}
        />
        <CodeBlock
          {...{ page, stage, values, refusal }}
          anotherHref={`/interaction/${i.uid}/login?method=sms`}
          refreshPath={`/interaction/${i.uid}/captcha`}
        />
        <p>
          <Button id="login-submit" name="deed" value="login-submit">
            {t.login.submit}
          </Button>
        </p>
      </Form>
    </LoginFrame>
  );
}
