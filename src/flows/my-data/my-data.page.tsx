import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';

/** What has just happened. */
export type MyDataNews = 'proved' | 'cancelled';

interface MyDataProps {
  page: PageContext;
  /** The day the account is closed, if its owner has asked for that. */
  due?: Date;
  news?: MyDataNews;
  refusal?: Refusal;
}

function Waiting({ page, due }: { page: PageContext; due: Date }) {
  const { t } = page;
  return (
    <div>
      <Notice kind="warning" title={t.myData.waiting({ date: chinaDay(due) })}>
        <p>{t.myData.waitingText}</p>
      </Notice>
      <Form page={page} action="/account/data/deregister/cancel">
        <p>
          <Button id="deregister-cancel" kind="second">
            {t.myData.cancel}
          </Button>
        </p>
      </Form>
    </div>
  );
}

/** What is held in words, the file to take along, and the way out (PIPL art. 45, 47). */
export function MyDataPage({ page, due, news, refusal }: MyDataProps) {
  const { t, language, jurisdiction } = page;
  return (
    <Layout page={page} title={t.myData.title} refusal={refusal}>
      {due && <Waiting page={page} due={due} />}
      {!due && news && !refusal && <Notice kind="success" title={t.myData.news[news]} />}
      <h2>{t.myData.held}</h2>
      <dl class="facts">
        {t.myData.heldItems.map(([what, why]) => (
          <div>
            <dt>{what}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
      <h2>{t.myData.export}</h2>
      <p>{t.myData.exportText}</p>
      <Form page={page} action="/account/data">
        <p>
          <Button id="export-submit">{t.myData.exportSubmit}</Button>
        </p>
      </Form>
      {!due && (
        <div>
          <h2>{t.myData.deregister}</h2>
          <p>{t.myData.deregisterText}</p>
          <Form page={page} action="/account/data/deregister/start">
            <p>
              <Button id="deregister-submit" kind="second">
                {t.myData.deregisterSubmit}
              </Button>
            </p>
          </Form>
        </div>
      )}
      <p>
        <a id="back" href="/account">
          {t.userCentre.back({ centre: jurisdiction.labels.userCentre[language] })}
        </a>
      </p>
    </Layout>
  );
}
