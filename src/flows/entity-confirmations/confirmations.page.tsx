import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Ways, digits } from '../../web/parts.js';
import { WhereaboutsCell } from '../../web/whereabouts.js';

const NEWS = ['proved', 'approved', 'denied'] as const;

/** What has just happened. */
export type News = (typeof NEWS)[number];

export const newsOf = (raw: unknown): News | undefined => NEWS.find((one) => one === raw);

interface Props {
  page: PageContext;
  requests: readonly EntityRequest[];
  news?: News;
  refusal?: Refusal;
}

interface AnswerProps {
  page: PageContext;
  request: EntityRequest;
  id: string;
  answer: 'approve' | 'deny';
  kind: 'main' | 'second';
  text: string;
}

function Answer({ page, request, id, answer, kind, text }: AnswerProps) {
  return (
    <Form page={page} action="/account/confirmations">
      <input type="hidden" name="request" value={request.id} />
      <input type="hidden" name="answer" value={answer} />
      <p>
        <Button id={id} kind={kind}>
          {text}
        </Button>
      </p>
    </Form>
  );
}

function Request({ page, request, number }: { page: PageContext; request: EntityRequest; number: number }) {
  const { t, language, jurisdiction } = page;
  const { facts, answering } = t.entityRequests;
  const { entity, kind, state, from, askedAt, expiresAt, draft } = request;
  const type = jurisdiction.entityTypes.find(({ id }) => id === entity.type);
  const phone = kind === 'contact' ? Phone.fromCanonical(String(draft['phone'])).masked() : undefined;
  const waits = state === 'waiting';
  return (
    <section class="prose" aria-labelledby={`confirmation-${number}`}>
      <h2 id={`confirmation-${number}`}>{answering.kinds[kind]}</h2>
      <Facts
        items={[
          [facts.name, withChinese(page, entity.name.masked())],
          [facts.creditCode, digits(entity.creditCode.masked())],
          [facts.type, type?.name[language]],
          [answering.newPhone, digits(phone)],
          [facts.askedAt, chinaMinute(askedAt)],
          [facts.from, <WhereaboutsCell page={page} from={from} />],
          [facts.until, waits ? chinaMinute(expiresAt) : undefined],
        ]}
      />
      {!waits && <p>{answering.confirmed}</p>}
      {waits && (
        <Answer
          {...{ page, request }}
          id={`confirmation-approve-${number}`}
          answer="approve"
          kind={number === 1 ? 'main' : 'second'}
          text={answering.approve}
        />
      )}
      <Answer
        {...{ page, request }}
        id={`confirmation-deny-${number}`}
        answer="deny"
        kind="second"
        text={waits ? answering.deny : answering.revoke}
      />
    </section>
  );
}

/** A representative's page: who asks for what, from where, and yes or no. */
export function ConfirmationsPage({ page, requests, news, refusal }: Props) {
  const { t, language, jurisdiction } = page;
  const text = t.entityRequests.answering;
  const centre = jurisdiction.labels.userCentre[language];
  return (
    <Layout
      {...{ page, refusal }}
      title={text.title}
      wide
      notice={news && <Notice kind="success" title={text[news]} />}
    >
      <p>{requests.length > 0 ? text.intro : text.none}</p>
      {requests.map((request, at) => (
        <Request {...{ page, request }} number={at + 1} />
      ))}
      <Ways items={[{ id: 'back', href: '/account', text: t.userCentre.back({ centre }) }]} />
    </Layout>
  );
}
