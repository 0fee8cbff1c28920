import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';

interface DeregistrationProps {
  page: PageContext;
  /** The account it is about, masked: the page names whom it acts on. */
  account: string;
  /** The day it would be closed. */
  due: Date;
  refusal?: Refusal;
}

function Points({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </div>
  );
}

/** What a deregistration takes, what stays and why, and until when it can be taken back. */
export function DeregistrationPage({ page, account, due, refusal }: DeregistrationProps) {
  const { t } = page;
  const { deregistration } = t.myData;
  return (
    <Layout page={page} title={deregistration.title} refusal={refusal} wide>
      <div class="prose">
        <p>{deregistration.intro({ account, date: chinaDay(due) })}</p>
        <Points title={deregistration.lost} items={deregistration.lostItems} />
        <Points title={deregistration.kept} items={deregistration.keptItems} />
        <p>{deregistration.again}</p>
      </div>
      <Form page={page} action="/account/data/deregister">
        <p>
          <Button id="deregister-confirm" kind="risky">
            {deregistration.confirm({ date: chinaDay(due) })}
          </Button>
        </p>
      </Form>
      <p>
        <a id="back" href="/account/data">
          {deregistration.back}
        </a>
      </p>
    </Layout>
  );
}
