import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { SentMessage } from '../gateways/sms/sent-messages.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import type { DemoAccount } from './demo-accounts.service.js';
import { MessageList } from './message-list.js';

interface SandboxProps {
  page: PageContext;
  messages: readonly SentMessage[];
  residents: readonly StubResident[];
  accounts: readonly DemoAccount[];
  /** Whose number the verified account holds. */
  holder?: StubResident;
}

/** What stands in for the outside: messages, people, accounts, and which value provokes which answer. */
export function SandboxPage({ page, messages, residents, accounts, holder }: SandboxProps) {
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
      <table>
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.idNumber}</th>
            <th scope="col">{t.answer}</th>
          </tr>
        </thead>
        <tbody>
          {residents.map(({ name, idNumber, answer }) => (
            <tr>
              <td>{name}</td>
              <td class="mono">{idNumber}</td>
              <td>{idNumber === holder?.idNumber ? t.taken : t.answers[answer ?? 'match']}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t.accounts}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.phone}</th>
            <th scope="col">{t.password}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map(({ phone, password, state }) => (
            <tr>
              <td class="mono">{phone}</td>
              <td class="mono">{password}</td>
              <td>{t.states[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Layout>
  );
}
