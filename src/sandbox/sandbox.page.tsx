import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { SentMessage } from '../gateways/sms/sent-messages.js';
import { withChinese } from '../web/chinese.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Table, digits } from '../web/parts.js';
import type { DemoAccount } from './demo-accounts.service.js';
import { MessageList } from './message-list.js';

interface SandboxProps {
  page: PageContext;
  /** A first walk through the pages. */
  steps: readonly string[];
  messages: readonly SentMessage[];
  residents: readonly StubResident[];
  accounts: readonly DemoAccount[];
  /** ID numbers that belong to an account. */
  taken: ReadonlySet<string>;
}

/** What stands in for the outside: messages, people, accounts, and which value provokes which answer. */
export function SandboxPage({ page, steps, messages, residents, accounts, taken }: SandboxProps) {
  const { sandbox: t } = page.t;
  return (
    <Layout page={page} title={t.title} wide>
      <p>{t.intro}</p>
      <h2>{t.messages}</h2>
      <form method="get" action="/sandbox/sms">
        <div class="field">
          <label for="phone">{t.messagesFor}</label>
          <input type="tel" id="phone" name="phone" class="width-number" />
        </div>
        <p>
          <button type="submit" id="look" class="button second">
            {t.look}
          </button>
        </p>
      </form>
      <MessageList page={page} messages={messages} />
      <h2>{t.people}</h2>
      <Table
        id="people"
        columns={[t.name, t.idNumber, t.answer]}
        rows={residents.map(({ name, idNumber, answer }) => [
          withChinese(page, name),
          digits(idNumber),
          taken.has(idNumber) ? t.taken : t.answers[answer ?? 'match'],
        ])}
      />
      <h2>{t.accounts}</h2>
      <Table
        id="accounts"
        columns={[t.phone, t.password, t.state]}
        rows={accounts.map(({ phone, password, state }) => [
          digits(phone),
          <span class="mono">{password}</span>,
          t.states[state],
        ])}
      />
      <h2>{t.walk}</h2>
      <ol>
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
    </Layout>
  );
}
