import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, lostNumberWay, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Ways } from '../../web/parts.js';

interface PhoneChangeProps {
  page: PageContext;
  stage: CodeStage;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function Back({ page }: { page: PageContext }) {
  return <Ways items={[{ id: 'back', href: '/account', text: page.t.phoneChange.back }]} />;
}

function Links({ page }: { page: PageContext }) {
  const back = { id: 'back', href: '/account', text: page.t.phoneChange.back };
  return <Ways items={[lostNumberWay(page, '/account'), back]} />;
}

/** First the present number. */
export function OldPhonePage(props: PhoneChangeProps & { maskedPhone: string }) {
  const { page, stage, values, refusal, maskedPhone } = props;
  const { t } = page;
  const { sent } = stage;
  return (
    <Layout
      {...{ page, refusal }}
      title={t.phoneChange.oldTitle}
      notice={sent && <SmsSentNotice page={page} {...sent} />}
    >
      <p>{t.phoneChange.oldIntro({ phone: maskedPhone })}</p>
      <Form page={page} action="/account/phone">
        <DefaultSubmit />
        <CodeBlock {...{ page, stage, values, refusal }} anotherHref="/account/phone" refreshPath="/account/phone" />
        <p>
          <Button id="phone-next" name="deed" value="phone-next">
            {t.phoneChange.next}
          </Button>
        </p>
      </Form>
      <Links page={page} />
    </Layout>
  );
}

/** Then the new one. */
export function NewPhonePage({ page, stage, values, refusal }: PhoneChangeProps) {
  const { t } = page;
  const { sent } = stage;
  return (
    <Layout
      {...{ page, refusal }}
      title={t.phoneChange.newTitle}
      notice={sent && <SmsSentNotice page={page} {...sent} />}
    >
      <p>{t.phoneChange.newIntro}</p>
      <Form page={page} action="/account/phone/new">
        <DefaultSubmit />
        <CodeBlock
          {...{ page, stage, values, refusal }}
          anotherHref="/account/phone/new"
          refreshPath="/account/phone/new"
          number={
            <TextField
              page={page}
              name="phone"
              label={t.phoneChange.phone}
              value={values?.phone ?? sent?.phone}
              refusal={refusal}
              type="tel"
              autocomplete="tel"
            />
          }
        />
        <p>
          <Button id="phone-submit" name="deed" value="phone-submit">
            {t.phoneChange.submit}
          </Button>
        </p>
      </Form>
      <Links page={page} />
    </Layout>
  );
}

/** Done: what has changed, and what is closed for a day. */
export function PhoneChangedPage({ page, maskedPhone }: { page: PageContext; maskedPhone: string }) {
  const { t } = page;
  return (
    <Layout
      page={page}
      title={t.phoneChange.title}
      notice={<Notice kind="success" title={t.phoneChange.done({ phone: maskedPhone })} />}
    >
      <p>{t.phoneChange.doneText}</p>
      <Back page={page} />
    </Layout>
  );
}
