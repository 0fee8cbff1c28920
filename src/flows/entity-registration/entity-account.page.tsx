import type { Refusal } from '../../shared/refusal.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { AgreementField, isTicked } from '../../web/agreement.js';
import { withChinese } from '../../web/chinese.js';
import { CodeBlock, SmsCodeField } from '../../web/codes.js';
import { EntityUserNameField } from '../../web/entity-fields.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Steps, Ways, digits } from '../../web/parts.js';
import type { Stages } from './entity-confirmations.service.js';
import type { CheckedEntity } from './kept-entity.js';
import { SessionEnds } from './entity-details.page.js';

export interface AccountProps {
  page: PageContext;
  i: CurrentInteraction;
  entity: CheckedEntity;
  stages: Stages;
  passwordKept: boolean;
  values: Record<string, string>;
  signedIn?: string;
  refusal?: Refusal;
}

/** Who confirms, and that the code may be given to nobody else. */
function Representative({ page, stages, values, refusal }: AccountProps) {
  const t = page.t.entityRegistration;
  const { representative } = stages;
  if (!representative) return null;
  const code = values['representativeCode'];
  return (
    <fieldset>
      <legend>{t.representativeConfirms}</legend>
      <p>{t.representativeText}</p>
      {representative.sent && (
        <p id="representative-sent">{t.sentToRepresentative({ minutes: representative.sent.minutes })}</p>
      )}
      <p>
        <Button id="representative-send" kind="second" name="deed" value="representative-send">
          {representative.sent ? page.t.web.smsAgain : t.representativeSend}
        </Button>
      </p>
      <SmsCodeField {...{ page, refusal }} name="representativeCode" label={t.representativeCode} value={code} />
    </fieldset>
  );
}

function Contact({ page, values, refusal }: AccountProps) {
  const t = page.t.entityRegistration;
  return (
    <TextField
      page={page}
      name="phone"
      label={t.phone}
      hint={t.phoneHint}
      value={values['phone']}
      refusal={refusal}
      type="tel"
      autocomplete="tel"
    />
  );
}

/** The representative can also say so in their own user centre. */
function Elsewhere({ page, entity }: AccountProps) {
  const t = page.t.entityRequests.asking;
  if (!entity.representativeAccount) return null;
  return (
    <details class="not-received">
      <summary>{t.title}</summary>
      <p>{t.text}</p>
      <p>
        <Button id="confirmation-ask" kind="second" name="deed" value="confirmation-ask">
          {t.button}
        </Button>
      </p>
    </details>
  );
}

/** The second step: who confirms it, and how the entity will log in. */
export function EntityAccountPage(props: AccountProps) {
  const { page, i, entity, stages, passwordKept, values, signedIn, refusal } = props;
  const { t, jurisdiction } = page;
  const text = t.entityRegistration;
  const address = `/interaction/${i.uid}/register/entity/account`;
  const first = jurisdiction.representativeFirst;
  const { sent } = stages.main;
  const sentText =
    sent &&
    (first ? text.sentToRepresentative(sent) : t.web.smsSent({ phone: sent.maskedPhone, minutes: sent.minutes }));
  return (
    <Layout
      page={page}
      title={text.accountTitle}
      refusal={refusal}
      notice={
        sentText && (
          <Notice kind="success" title={t.web.smsSentBold}>
            <p>{sentText}</p>
          </Notice>
        )
      }
    >
      <Steps page={page} names={text.steps} at={2} />
      <SessionEnds page={page} signedIn={signedIn} />
      <Facts
        items={[
          [text.entityName, withChinese(page, entity.name.masked())],
          [text.creditCode, digits(entity.creditCode.masked())],
          [text.representativeName, withChinese(page, entity.representative.name.masked())],
        ]}
      />
      {first && <p>{text.representativeText}</p>}
      <Form page={page} action={address}>
        <DefaultSubmit />
        {first && <input type="hidden" name="agreementVersion" value={jurisdiction.agreement.version} />}
        {!first && <Representative {...props} />}
        {!first && <EntityUserNameField {...{ page, values, refusal }} />}
        <TextField
          page={page}
          name="password"
          label={t.registration.password}
          hint={passwordKept ? t.web.passwordKept : t.registration.passwordHint}
          refusal={refusal}
          type="password"
          width="long"
          autocomplete="new-password"
        />
        <CodeBlock
          {...{ page, values, refusal, anotherHref: address }}
          stage={stages.main}
          refreshPath={`/interaction/${i.uid}/captcha`}
          number={first ? undefined : <Contact {...props} />}
        />
        {first && <AgreementField {...{ page, refusal }} ticked={isTicked(page, values)} />}
        <p>
          <Button id="entity-register-submit" name="deed" value="entity-register-submit">
            {t.registration.submit}
          </Button>
        </p>
        <Elsewhere {...props} />
      </Form>
      <Ways items={[{ id: 'entity-details', href: `/interaction/${i.uid}/register/entity`, text: text.correct }]} />
    </Layout>
  );
}
