import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Ways } from '../../web/parts.js';

interface Props {
  page: PageContext;
  stage: CodeStage;
  maskedPhone: string;
  due: Date;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** A code to the number shows who has it now; who has not goes on to another number. */
export function NumberRestorePage({ page, stage, maskedPhone: phone, due, values, refusal }: Props) {
  const { t } = page;
  const { sent } = stage;
  return (
    <Layout
      {...{ page, refusal }}
      title={t.numberRestore.title}
      notice={sent && <SmsSentNotice page={page} {...sent} />}
    >
      <p>{t.numberRestore.intro({ phone, date: chinaDay(due) })}</p>
      <p>{t.numberRestore.how({ phone })}</p>
      <Form page={page} action="/account/phone/restore">
        <DefaultSubmit />
        <CodeBlock
          {...{ page, stage, values, refusal }}
          anotherHref="/account/phone/restore"
          refreshPath="/account/phone/restore"
        />
        <p>
          <Button id="phone-restore" name="deed" value="phone-restore">
            {t.numberRestore.submit}
          </Button>
        </p>
      </Form>
      <Ways
        items={[
          { id: 'other-number', href: '/account/phone/new', text: t.numberRestore.other },
          { id: 'back', href: '/account', text: t.numberRestore.back },
        ]}
      />
    </Layout>
  );
}

/** Done. */
export function NumberRestoredPage({ page }: { page: PageContext }) {
  const { t } = page;
  return (
    <Layout page={page} title={t.numberRestore.title} notice={<Notice kind="success" title={t.numberRestore.done} />}>
      <p>{t.numberRestore.doneText}</p>
      <Ways items={[{ id: 'back', href: '/account', text: t.numberRestore.back }]} />
    </Layout>
  );
}
