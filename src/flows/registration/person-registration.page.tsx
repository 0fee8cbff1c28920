import type { Refusal } from '../../shared/refusal.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { AgreementField, isTicked } from '../../web/agreement.js';
import { alipayWay } from '../../web/alipay.js';
import { CodeBlock, lostNumberWay, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, refusalAt, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Steps, Ways } from '../../web/parts.js';
import type { RegistrationView } from './registration-view.service.js';

interface RegistrationProps {
  page: PageContext;
  i: CurrentInteraction;
  view: RegistrationView;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function NumberField({ page, i, view, values, refusal }: RegistrationProps) {
  const { t } = page;
  return (
    <TextField
      page={page}
      name="phone"
      label={t.registration.phone}
      hint={t.registration.phoneHint}
      value={values?.phone ?? view.phone ?? i.loginHint}
      refusal={refusal}
      type="tel"
      autocomplete="tel"
    />
  );
}

function PasswordField({ page, view, refusal }: Pick<RegistrationProps, 'page' | 'view' | 'refusal'>) {
  const { t } = page;
  return (
    <TextField
      page={page}
      name="password"
      label={t.registration.password}
      hint={view.passwordKept ? t.web.passwordKept : t.registration.passwordHint}
      refusal={refusal}
      type="password"
      width="long"
      autocomplete="new-password"
    />
  );
}

/** Registration in Hubei's order: number, password, picture and code, agreement (LOOK 3). */
export function PersonRegistrationPage({ page, i, view, values, refusal }: RegistrationProps) {
  const address = `/interaction/${i.uid}/register/person`;
  const codeDue = !view.proved || refusalAt(refusal, 'smsCode') !== undefined;
  const { t, jurisdiction } = page;
  const { agreement } = jurisdiction;
  const { sent } = view;
  const ticked = values ? isTicked(page, values) : view.ticked === agreement.version;
  const number = <NumberField {...{ page, i, view, values, refusal }} />;
  const password = <PasswordField {...{ page, view, refusal }} />;
  return (
    <Layout
      page={page}
      title={t.registration.title}
      refusal={refusal}
      notice={codeDue && sent && <SmsSentNotice page={page} {...sent} />}
    >
      <Steps page={page} names={t.registration.steps} at={1} />
      <p>{t.registration.intro}</p>
      <Form page={page} action={address}>
        <DefaultSubmit />
        <input type="hidden" name="agreementVersion" value={agreement.version} />
        {!codeDue && number}
        {codeDue && (
          <CodeBlock
            {...{ page, stage: view, values, refusal, anotherHref: address }}
            refreshPath={`/interaction/${i.uid}/captcha`}
            number={sent ? number : [number, password]}
          />
        )}
        {(sent || !codeDue) && password}
        {!codeDue && <p id="phone-proved">{t.registration.phoneProved}</p>}
        <AgreementField {...{ page, refusal }} ticked={ticked} />
        <p>
          <Button id="register-submit" name="deed" value="register-submit">
            {t.registration.submit}
          </Button>
        </p>
      </Form>
      <Ways
        items={[
          { id: 'have-account', href: `/interaction/${i.uid}/login`, text: t.registration.haveAccount },
          alipayWay(page, `/interaction/${i.uid}`, t.alipay.register),
          lostNumberWay(page, `/interaction/${i.uid}`),
        ]}
      />
    </Layout>
  );
}

interface TakenProps {
  page: PageContext;
  i: CurrentInteraction;
  maskedPhone: string;
}

/** Told only to who has just proved the number: there is an account with it. Nobody is signed in by this. */
export function PhoneTakenPage({ page, i, maskedPhone }: TakenProps) {
  const { t } = page;
  return (
    <Layout page={page} title={t.registration.takenTitle}>
      <p data-code="phone.taken">{t.registration.takenText({ phone: maskedPhone })}</p>
      <p>
        <a class="button main" id="onward" href={`/interaction/${i.uid}/login`}>
          {t.registration.takenLogIn}
        </a>
      </p>
      <Ways items={[{ id: 'reset', href: `/interaction/${i.uid}/reset/password`, text: t.registration.takenReset }]} />
    </Layout>
  );
}
