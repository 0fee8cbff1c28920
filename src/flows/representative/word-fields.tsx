import type { ComponentChildren } from 'preact';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import { refusalText } from '../../locales/texts.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';

export interface Refused {
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** What has just been sent; a representative's number is not named. */
export function WordSent({ page, stage }: { page: PageContext; stage?: CodeStage }) {
  const { t } = page;
  const { sent } = stage ?? {};
  if (!sent) return null;
  if (sent.maskedPhone) return <SmsSentNotice page={page} {...sent} />;
  return (
    <Notice kind="success" title={t.web.smsSentBold}>
      <p>{t.entityRegistration.sentToRepresentative(sent)}</p>
    </Notice>
  );
}

interface WordProps extends Refused {
  page: PageContext;
  stage: CodeStage;
  path: string;
  /** The number's field, where it is typed on this page. */
  number?: ComponentChildren;
}

/** The code that says somebody agrees. */
export function WordCode({ page, stage, path, values, refusal, number }: WordProps) {
  return <CodeBlock {...{ page, stage, values, refusal, number }} anotherHref={path} refreshPath={path} />;
}

/** Their own user centre instead of a code. */
export function AskElsewhere({ page }: { page: PageContext }) {
  const { asking } = page.t.entityRequests;
  return (
    <details class="not-received">
      <summary>{asking.title}</summary>
      <p>{page.t.representative.askText}</p>
      <p>
        <Button id="confirmation-ask" kind="second" name="deed" value="confirmation-ask">
          {asking.button}
        </Button>
      </p>
    </details>
  );
}

/** How a request stands, in words. */
export function RequestNotice({ page, request }: { page: PageContext; request?: EntityRequest }) {
  const { waiting } = page.t.entityRequests;
  if (!request || request.state === 'finished' || request.state === 'withdrawn') return null;
  const time = chinaMinute(request.expiresAt);
  if (request.state === 'waiting')
    return (
      <Notice kind="info" title={waiting.waits}>
        <p>{page.t.representative.waitsText({ time })}</p>
      </Notice>
    );
  if (request.state === 'confirmed')
    return (
      <Notice kind="success" title={waiting.confirmed}>
        <p>{page.t.representative.confirmedText({ time })}</p>
      </Notice>
    );
  const code = `entity-request.${request.state}` as const;
  return (
    <Notice kind="warning" title={waiting.over}>
      <p data-code={code}>{refusalText(page.language, { code, values: {} })}</p>
    </Notice>
  );
}

interface RequestProps {
  page: PageContext;
  request: EntityRequest;
  kind: 'representative' | 'contact';
}

/** What can be done about a request that is open: finish it once it is confirmed, or take it back. */
export function RequestButtons({ page, request, kind }: RequestProps) {
  const { waiting } = page.t.entityRequests;
  return (
    <div>
      {request.state === 'confirmed' && (
        <Form page={page} action={`/account/${kind}/finish`}>
          <p>
            <Button id={`${kind}-finish`}>{page.t.representative.finish[kind]}</Button>
          </p>
        </Form>
      )}
      <Form page={page} action={`/account/${kind}/withdraw`}>
        <p>
          <Button id="entity-request-withdraw" kind="second">
            {waiting.withdraw}
          </Button>
        </p>
      </Form>
    </div>
  );
}

export const isOpen = (request?: EntityRequest): request is EntityRequest =>
  request?.state === 'waiting' || request?.state === 'confirmed';

/** The entity's own certificate instead of anybody's word (`Ways`). */
export const certificateWay = ({ t }: PageContext, path: string) => ({
  id: 'by-certificate',
  href: `${path}/certificate`,
  text: t.representative.useCertificate,
});
