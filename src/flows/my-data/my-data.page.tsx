import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice } from '../../web/parts.js';

/** What has just happened. */
export type MyDataNews = 'proved' | 'cancelled';

interface MyDataProps {
  page: PageContext;
  /** The day the account is closed, if its owner has asked for that. */
  due?: Date;
  news?: MyDataNews;
  refusal?: Refusal;
}

/** First of all on the page: whoever comes to stop it finds the button at once. */
function Keep({ page }: { page: PageContext }) {
  return (
    <Form page={page} action="/account/data/deregister/cancel">
      <p>
        <Button id="deregister-cancel" kind="second">
          {page.t.myData.cancel}
        </Button>
      </p>
    </Form>
  );
}

function News({ page, due, news }: MyDataProps) {
  const { t } = page;
  if (!due) return news ? <Notice kind="success" title={t.myData.news[news]} /> : null;
  return (
    <Notice kind="warning" title={t.myData.waiting({ date: chinaDay(due) })}>
      <p>{t.myData.waitingText}</p>
    </Notice>
  );
}

function Export({ page }: { page: PageContext }) {
  const { t } = page;
  return (
    <section class="prose" aria-labelledby="export">
      <h2 id="export">{t.myData.export}</h2>
      <p>{t.myData.exportText}</p>
      <Form page={page} action="/account/data">
        <p>
          <Button id="export-submit">{t.myData.exportSubmit}</Button>
        </p>
      </Form>
    </section>
  );
}

function Deregister({ page }: { page: PageContext }) {
  const { t } = page;
  return (
    <section class="prose" aria-labelledby="deregister">
      <h2 id="deregister">{t.myData.deregister}</h2>
      <p>{t.myData.deregisterText}</p>
      <Form page={page} action="/account/data/deregister/start">
        <p>
          <Button id="deregister-submit" kind="second">
            {t.myData.deregisterSubmit}
          </Button>
        </p>
      </Form>
    </section>
  );
}

/** What is held in words, the file to take along, and the way out (PIPL art. 45, 47). */
export function MyDataPage(props: MyDataProps) {
  const { page, due, refusal } = props;
  const { t, language, jurisdiction } = page;
  return (
    <Layout page={page} title={t.myData.title} refusal={refusal} notice={<News {...props} />} wide>
      {due && <Keep page={page} />}
      <section aria-labelledby="held">
        <h2 id="held">{t.myData.held}</h2>
        <Facts items={t.myData.heldItems} />
      </section>
      <Export page={page} />
      {!due && <Deregister page={page} />}
      <p>
        <a id="back" href="/account">
          {t.userCentre.back({ centre: jurisdiction.labels.userCentre[language] })}
        </a>
      </p>
    </Layout>
  );
}
