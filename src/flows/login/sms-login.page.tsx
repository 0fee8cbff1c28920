import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { LoginFrame, loginHref } from './login-frame.js';
import type { Elsewhere } from './sms-login.service.js';

/** The page of a result that is no login: a number without an account goes on to registration. */
export const elsewhere: Record<Elsewhere, (i: CurrentInteraction) => string> = {
  sent: (i) => loginHref(i, 'person', 'sms'),
  'no-account': ({ uid }) => `/interaction/${uid}/register/person`,
  'number-holder': ({ uid }) => `/interaction/${uid}/number-holder`,
  'password-due': ({ uid }) => `/interaction/${uid}/reset/password`,
};

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
    <LoginFrame
      {...{ page, i, refusal }}
      kind="person"
      method="sms"
      notice={sent && <SmsSentNotice page={page} {...sent} />}
    >
      <Form page={page} action={`/interaction/${i.uid}/login/sms`}>
        <DefaultSubmit />
        <CodeBlock
          {...{ page, stage, values, refusal }}
          anotherHref={loginHref(i, 'person', 'sms')}
          refreshPath={`/interaction/${i.uid}/captcha`}
          number={
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
          }
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
