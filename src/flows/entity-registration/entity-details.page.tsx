import type { Refusal } from '../../shared/refusal.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { AgreementField, isTicked } from '../../web/agreement.js';
import { withChinese } from '../../web/chinese.js';
import { CreditCodeField } from '../../web/entity-fields.js';
import { Button, Form, SelectField, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Steps, Ways } from '../../web/parts.js';

interface DetailsProps {
  page: PageContext;
  i: CurrentInteraction;
  values: Record<string, string>;
  /** Who is signed in, if somebody is. */
  signedIn?: string;
  refusal?: Refusal;
}

/** Signing in as the entity ends the session of whoever is signed in now. */
export function SessionEnds({ page, signedIn }: { page: PageContext; signedIn?: string }) {
  if (!signedIn) return null;
  return (
    <Notice kind="info" title={page.t.entityRegistration.sessionTitle}>
      <p id="session-ends">{withChinese(page, page.t.entityRegistration.sessionEnds({ name: signedIn }))}</p>
    </Notice>
  );
}

function Person({ page, values, refusal, role }: Omit<DetailsProps, 'i'> & { role: 'representative' | 'manager' }) {
  const t = page.t.entityRegistration;
  return (
    <div>
      <TextField
        page={page}
        name={`${role}Name`}
        label={t[`${role}Name`]}
        value={values[`${role}Name`]}
        refusal={refusal}
      />
      <TextField
        page={page}
        name={`${role}IdNumber`}
        label={t[`${role}IdNumber`]}
        hint={page.t.verification.idNumberHint}
        value={values[`${role}IdNumber`]}
        refusal={refusal}
        width="long"
      />
    </div>
  );
}

/** The first step: which entity, and who stands for it; compared with the register. */
export function EntityDetailsPage(props: DetailsProps) {
  const { page, i, values, signedIn, refusal } = props;
  const { t, language, jurisdiction } = page;
  const text = t.entityRegistration;
  const first = jurisdiction.representativeFirst;
  const unregistered = refusal?.list.some(({ code }) => code === 'representative.unregistered') ?? false;
  return (
    <Layout page={page} title={text.title} refusal={refusal}>
      <Steps page={page} names={text.steps} at={1} />
      <SessionEnds page={page} signedIn={signedIn} />
      <p>{first ? text.introRepresentative : text.intro}</p>
      {unregistered && (
        <p>
          <a class="button second" id="representative-register" href={`/account/start?create=1&back=${i.uid}`}>
            {text.representativeRegister}
          </a>
        </p>
      )}
      <Form page={page} action={`/interaction/${i.uid}/register/entity`}>
        <SelectField
          page={page}
          name="entityType"
          label={text.entityType}
          options={jurisdiction.entityTypes.map(({ id, name }) => [id, name[language]])}
          none={text.choose}
          value={values['entityType']}
          refusal={refusal}
        />
        <TextField
          page={page}
          name="entityName"
          label={text.entityName}
          hint={text.entityNameHint}
          value={values['entityName']}
          refusal={refusal}
          width="long"
          autocomplete="organization"
        />
        <CreditCodeField {...{ page, values, refusal }} />
        <Person {...{ page, values, refusal }} role="representative" />
        {!first && <Person {...{ page, values, refusal }} role="manager" />}
        {!first && <input type="hidden" name="agreementVersion" value={jurisdiction.agreement.version} />}
        {!first && <AgreementField {...{ page, refusal }} ticked={isTicked(page, values)} />}
        <p>
          <Button id="entity-check">{text.check}</Button>
        </p>
      </Form>
      <Ways
        items={[
          {
            id: 'entity-waiting',
            href: `/interaction/${i.uid}/register/entity/waiting`,
            text: t.entityRequests.asking.continue,
          },
          { id: 'have-account', href: `/interaction/${i.uid}/login?kind=entity`, text: t.registration.haveAccount },
        ]}
      />
    </Layout>
  );
}
