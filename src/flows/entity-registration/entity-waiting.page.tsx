import type { EntityRequest, RequestState } from '../../identity/entity-requests/request-records.service.js';
import { refusalText } from '../../locales/texts.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { CreditCodeField, EntityUserNameField } from '../../web/entity-fields.js';
import { Button, Form, TextField, refusalAt } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Steps, Ways, digits } from '../../web/parts.js';

interface FindProps {
  page: PageContext;
  i: CurrentInteraction;
  values?: Record<string, string>;
  refusal?: Refusal;
}

interface WaitingProps extends FindProps {
  waiting: EntityRequest | 'gone';
  /** This journey has been through the first step, so that the second one is open to it. */
  byCode: boolean;
}

const base = (i: CurrentInteraction): string => `/interaction/${i.uid}/register/entity`;

/** Back in another journey: which registration it is, and that it is one's own. */
export function EntityFindPage({ page, i, values, refusal }: FindProps) {
  const { t } = page;
  const text = t.entityRequests.waiting;
  return (
    <Layout page={page} title={text.title} refusal={refusal}>
      <p>{text.findIntro}</p>
      <Form page={page} action={`${base(i)}/waiting`}>
        <CreditCodeField {...{ page, values, refusal }} />
        <TextField
          page={page}
          name="password"
          label={text.password}
          refusal={refusal}
          type="password"
          width="long"
          autocomplete="current-password"
        />
        <p>
          <Button id="waiting-find">{text.find}</Button>
        </p>
      </Form>
      <Ways items={[{ id: 'entity-again', href: base(i), text: text.again }]} />
    </Layout>
  );
}

/** What the representative has said, in words; nothing beside a refusal, which says it. */
function Standing({ page, waiting, refusal }: WaitingProps) {
  const text = page.t.entityRequests.waiting;
  if (refusal) return null;
  const state = waiting === 'gone' ? 'gone' : waiting.state;
  const time = waiting === 'gone' ? '' : chinaMinute(waiting.expiresAt);
  if (state === 'waiting')
    return (
      <Notice kind="info" title={text.waits}>
        <p>{text.waitsText({ time })}</p>
      </Notice>
    );
  if (state === 'confirmed')
    return (
      <Notice kind="success" title={text.confirmed}>
        <p>{text.confirmedText({ time })}</p>
      </Notice>
    );
  const code = `entity-request.${state}` as const;
  return (
    <Notice kind="warning" title={text.over}>
      <p data-code={code}>{refusalText(page.language, { code, values: {} })}</p>
    </Notice>
  );
}

function Finish({ page, i, values, refusal }: WaitingProps) {
  const { t } = page;
  return (
    <Form page={page} action={`${base(i)}/waiting/finish`}>
      {refusalAt(refusal, 'userName') && <EntityUserNameField {...{ page, values, refusal }} />}
      <p>
        <Button id="entity-register-finish">{t.entityRequests.waiting.finish}</Button>
      </p>
    </Form>
  );
}

function Withdraw({ page, i }: WaitingProps) {
  return (
    <Form page={page} action={`${base(i)}/waiting/withdraw`}>
      <p>
        <Button id="entity-request-withdraw" kind="second">
          {page.t.entityRequests.waiting.withdraw}
        </Button>
      </p>
    </Form>
  );
}

const isOpen = (state: RequestState | undefined): boolean => state === 'waiting' || state === 'confirmed';

/** The registration waits: for whom, until when, and what can be done meanwhile. */
export function EntityWaitingPage(props: WaitingProps) {
  const { page, i, waiting, byCode, refusal } = props;
  const { t, language, jurisdiction } = page;
  const { facts, waiting: text } = t.entityRequests;
  const request = waiting === 'gone' ? undefined : waiting;
  const state = request?.state;
  const type = jurisdiction.entityTypes.find(({ id }) => id === request?.entity.type);
  return (
    <Layout page={page} title={text.title} refusal={refusal} notice={<Standing {...props} />}>
      {isOpen(state) && <Steps page={page} names={t.entityRegistration.steps} at={2} />}
      <Facts
        items={[
          [facts.name, withChinese(page, request?.entity.name.masked())],
          [facts.creditCode, digits(request?.entity.creditCode.masked())],
          [facts.type, type?.name[language]],
          [facts.askedAt, request && chinaMinute(request.askedAt)],
        ]}
      />
      {state === 'confirmed' && <Finish {...props} />}
      {state === 'waiting' && (
        <p>
          <a class="button" id="waiting-refresh" href={`${base(i)}/waiting`}>
            {text.refresh}
          </a>
        </p>
      )}
      {isOpen(state) && <Withdraw {...props} />}
      <Ways
        items={[
          byCode && isOpen(state) && { id: 'by-code', href: `${base(i)}/account`, text: text.byCode },
          !isOpen(state) && { id: 'entity-again', href: base(i), text: text.again },
          !isOpen(state) && { id: 'entity-login', href: `/interaction/${i.uid}/login?kind=entity`, text: text.login },
        ]}
      />
    </Layout>
  );
}
