import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { NextRepresentative } from '../../identity/entity-requests/entity-people.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Ways, digits } from '../../web/parts.js';
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

const PATH = '/account/representative';

interface StandingProps extends Refused {
  page: PageContext;
  entity: EntityData;
  registeredAt: Date;
  request?: EntityRequest;
  changed: boolean;
}

/** Who stands for the entity here, and what waits. */
export function RepresentativePage({ page, entity, registeredAt, request, changed, refusal }: StandingProps) {
  const { t, language, jurisdiction } = page;
  const text = t.representative;
  const { representative, representativeAccount, representativeSince, representativeLeft } = entity;
  const back = t.userCentre.back({ centre: jurisdiction.labels.userCentre[language] });
  return (
    <Layout
      {...{ page, refusal }}
      title={text.title}
      wide
      notice={
        changed ? (
          <Notice kind="success" title={text.changed}>
            <p>{text.changedText}</p>
          </Notice>
        ) : (
          !refusal && <RequestNotice page={page} request={request} />
        )
      }
    >
      {representativeLeft && <p id="representative-left">{text.left}</p>}
      <Facts
        items={[
          [text.name, withChinese(page, representative.name.masked())],
          [text.idNumber, digits(representative.idNumber.masked())],
          [text.since, chinaMinute(representativeSince ?? registeredAt)],
          [text.account, representativeAccount ? text.hasAccount : text.noAccount],
        ]}
      />
      {isOpen(request) && <RequestButtons {...{ page, request }} kind="representative" />}
      {!isOpen(request) && (
        <p>
          <a class="button" id="representative-change" href={`${PATH}/new`}>
            {text.change}
          </a>
        </p>
      )}
      <Ways items={[{ id: 'back', href: '/account', text: back }]} />
    </Layout>
  );
}

/** Who is to take over: compared with the register. */
export function NewRepresentativePage({ page, values, refusal }: Refused & { page: PageContext }) {
  const { t, jurisdiction } = page;
  const text = t.representative;
  return (
    <Layout {...{ page, refusal }} title={text.newTitle}>
      <p>{jurisdiction.representativeFirst ? text.newIntroFirst : text.newIntro}</p>
      <Form page={page} action={`${PATH}/new`}>
        <TextField
          page={page}
          name="representativeName"
          label={text.newName}
          value={values?.['representativeName']}
          refusal={refusal}
        />
        <TextField
          page={page}
          name="representativeIdNumber"
          label={text.newIdNumber}
          hint={t.verification.idNumberHint}
          value={values?.['representativeIdNumber']}
          refusal={refusal}
          width="long"
        />
        <p>
          <Button id="representative-check">{text.check}</Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: PATH, text: text.back }]} />
    </Layout>
  );
}

interface ConfirmProps extends Refused {
  page: PageContext;
  next: NextRepresentative;
  /** Of the word that it needs; without one the entity's certificate has proved it. */
  stage?: CodeStage;
  /** A certificate is bound, which could sign it instead. */
  byCertificate: boolean;
}

/** The new one agrees: by a code, or in their own user centre. */
export function ConfirmRepresentativePage({ page, next, stage, byCertificate, values, refusal }: ConfirmProps) {
  const text = page.t.representative;
  const path = `${PATH}/confirm`;
  const own = next.account ? text.byThem : text.byContact;
  return (
    <Layout {...{ page, refusal }} title={text.confirmTitle} notice={<WordSent {...{ page, stage }} />}>
      <Facts
        items={[
          [text.newName, withChinese(page, next.representative.name.masked())],
          [text.newIdNumber, digits(next.representative.idNumber.masked())],
        ]}
      />
      <p>{stage ? own : text.byCertificate}</p>
      <Form page={page} action={path}>
        {stage && <DefaultSubmit />}
        {stage && <WordCode {...{ page, stage, path, values, refusal }} />}
        <p>
          <Button id="representative-submit" name="deed" value="representative-submit">
            {text.submit}
          </Button>
        </p>
        {stage && next.account && <AskElsewhere page={page} />}
      </Form>
      <Ways
        items={[
          stage !== undefined && byCertificate && certificateWay(page, PATH),
          { id: 'back', href: PATH, text: text.back },
        ]}
      />
    </Layout>
  );
}
