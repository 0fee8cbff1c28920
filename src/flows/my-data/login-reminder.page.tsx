import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { chinaDay } from '../../shared/china-time.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';

interface LoginReminderProps {
  page: PageContext;
  i: CurrentInteraction;
  /** The account it is about, masked: the page names whom it acts on. */
  account: string;
  due: Date;
}

/** The account is about to be closed: the date, how to keep it, and how to go on as it is. */
export function LoginReminderPage({ page, i, account, due }: LoginReminderProps) {
  const { t, language } = page;
  const base = `/interaction/${i.uid}/deregistration`;
  return (
    <Layout page={page} title={t.myData.reminder.title({ date: chinaDay(due) })}>
      <p>{t.myData.reminder.text({ account })}</p>
      <Form page={page} action={`${base}/cancel`}>
        <p>
          <Button id="deregister-cancel">{t.myData.reminder.cancel}</Button>
        </p>
      </Form>
      <Form page={page} action={base}>
        <p>
          <Button id="deregister-continue" kind="second">
            {t.myData.reminder.goOn({ site: i.site.name[language] })}
          </Button>
        </p>
      </Form>
    </Layout>
  );
}
