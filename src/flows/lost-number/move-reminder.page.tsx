import type { NumberMove } from '../../identity/number-moves/number-moves.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { chinaDay } from '../../shared/china-time.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';

/** On the way to a site: the account is to move to another number; stop it, or go on as it is. */
export function MoveReminderPage({ page, i, move }: { page: PageContext; i: CurrentInteraction; move: NumberMove }) {
  const { t, language } = page;
  const base = `/interaction/${i.uid}/number-move`;
  return (
    <Layout page={page} title={t.lostNumber.waitingTitle}>
      <p>{t.lostNumber.waiting({ date: chinaDay(move.due), phone: move.phone.masked() })}</p>
      <Form page={page} action={`${base}/stop`}>
        <p>
          <Button id="lost-number-stop">{t.lostNumber.stopSubmit}</Button>
        </p>
      </Form>
      <Form page={page} action={base}>
        <p>
          <Button id="number-move-continue" kind="second">
            {t.lostNumber.goOn({ site: i.site.name[language] })}
          </Button>
        </p>
      </Form>
    </Layout>
  );
}
