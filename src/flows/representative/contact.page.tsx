import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import { SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Ways, digits } from '../../web/parts.js';
import type { NewContact } from './new-contacts.service.js';
import {
  AskElsewhere,
  certificateWay,
  isOpen,
  RequestButtons,
  RequestNotice,
  WordCode,
  WordSent,
} from './word-fields.js';
import type { Refused } from './word-fields.js';

const PATH = '/account/contact';

interface StandingProps extends Refused {
  page: PageContext;
  entity: EntityData;
  request?: EntityRequest;
  changed: boolean;
}

/** Where the entity is told things, and what waits. */
export function ContactPage({ page, entity, request, changed, refusal }: StandingProps) {
  const { t, language, jurisdiction } = page;
  const text = t.contact;
  const back = t.userCentre.back({ centre: jurisdiction.labels.userCentre[language] });
  return (
    <Layout
      {...{ page, refusal }}
      title={text.title}
      wide
      notice={
        changed ? (
          <Notice kind="success" title={text.changed}>
            <p>{t.representative.changedText}</p>
          </Notice>
        ) : (
          !refusal && <RequestNotice page={page} request={request} />
        )
      }
    >
      <p>{text.intro}</p>
      <Facts items={[[text.title, digits(entity.phone?.masked())]]} />
      {isOpen(request) && <RequestButtons {...{ page, request }} kind="contact" />}
      {!isOpen(request) && (
        <p>
          <a class="button" id="contact-change" href={`${PATH}/new`}>
            {text.change}
          </a>
        </p>
      )}
      <Ways items={[{ id: 'back', href: '/account', text: back }]} />
    </Layout>
  );
}

/** The new number, proved by a code of its own. */
export function NewContactPage({ page, stage, values, refusal }: Refused & { page: PageContext; stage: CodeStage }) {
  const { t } = page;
  const { sent } = stage;
  const path = `${PATH}/new`;
  return (
    <Layout {...{ page, refusal }} title={t.contact.newTitle} notice={sent && <SmsSentNotice page={page} {...sent} />}>
      <p>{t.contact.newIntro}</p>
      <Form page={page} action={path}>
        <DefaultSubmit />
        <WordCode
          {...{ page, stage, path, values, refusal }}
          number={
            <TextField
              page={page}
              name="phone"
              label={t.contact.newPhone}
              value={values?.['phone'] ?? sent?.phone}
              refusal={refusal}
              type="tel"
              autocomplete="tel"
            />
          }
        />
        <p>
          <Button id="contact-next" name="deed" value="contact-next">
            {t.contact.next}
          </Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: PATH, text: t.representative.back }]} />
    </Layout>
  );
}

interface ConfirmProps extends Refused {
  page: PageContext;
  contact: NewContact;
  /** Of the word that it needs; without one the entity's certificate has proved it. */
  stage?: CodeStage;
  /** A certificate is bound, which could sign it instead. */
  byCertificate: boolean;
  /** Who the representative is has to be shown first. */
  personDue: boolean;
  /** The code goes to the representative's own account. */
  theirs: boolean;
}

function Person({ page, values, refusal }: ConfirmProps) {
  const { t } = page;
  return (
    <div>
      <TextField
        page={page}
        name="representativeName"
        label={t.entityRegistration.representativeName}
        value={values?.['representativeName']}
        refusal={refusal}
      />
      <TextField
        page={page}
        name="representativeIdNumber"
        label={t.entityRegistration.representativeIdNumber}
        hint={t.verification.idNumberHint}
        value={values?.['representativeIdNumber']}
        refusal={refusal}
        width="long"
      />
    </div>
  );
}

/** The representative agrees: by a code or in their own user centre; or whoever knows them, and a code to the number from before. */
export function ConfirmContactPage(props: ConfirmProps) {
  const { page, contact, stage, byCertificate, personDue, theirs, values, refusal } = props;
  const { t } = page;
  const path = `${PATH}/confirm`;
  const word = theirs ? t.contact.byThem : t.contact.byOld;
  return (
    <Layout {...{ page, refusal }} title={t.contact.confirmTitle} notice={<WordSent {...{ page, stage }} />}>
      <Facts items={[[t.contact.newPhone, digits(contact.phone.masked())]]} />
      <p>{stage ? word : t.representative.byCertificate}</p>
      <Form page={page} action={path}>
        {stage && <DefaultSubmit />}
        {personDue && <Person {...props} />}
        {stage && <WordCode {...{ page, stage, path, values, refusal }} />}
        <p>
          <Button id="contact-submit" name="deed" value="contact-submit">
            {t.contact.submit}
          </Button>
        </p>
        {theirs && <AskElsewhere page={page} />}
      </Form>
      <Ways
        items={[
          stage !== undefined && byCertificate && certificateWay(page, PATH),
          { id: 'back', href: PATH, text: t.representative.back },
        ]}
      />
    </Layout>
  );
}
