import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';

interface Props {
  page: PageContext;
  i: CurrentInteraction;
  /** The page that asks who the person is. */
  back: string;
  maskedPhone: string;
}

/** What the old owner loses, what the new one gets, and how it can be undone. */
export function NumberHandoverPage({ page, i, back, maskedPhone: phone }: Props) {
  const { t, jurisdiction } = page;
  const { numberRestoreDays: days } = jurisdiction.lifetimes;
  return (
    <Layout page={page} title={t.numberHandover.title}>
      <p>{t.numberHandover.intro({ phone })}</p>
      <ul>
        <li>{t.numberHandover.loses({ phone })}</li>
        <li>{t.numberHandover.gets({ phone })}</li>
        <li>{t.numberHandover.undo({ days })}</li>
      </ul>
      <Form page={page} action={`/interaction/${i.uid}/new-holder`}>
        <p>
          <Button id="new-holder-confirm" kind="risky">
            {t.numberHandover.confirm}
          </Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: back, text: t.numberHandover.back }]} />
    </Layout>
  );
}
