import { DEMO_PIN } from '../config/assistants.js';
import { DEMO_APP } from '../config/demo-sites.js';
import { withChinese } from '../web/chinese.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Table, Ways, digits } from '../web/parts.js';
import { standingOf } from './overview.js';
import { MessageList } from './message-list.js';
import { AlipayTable, ClientsTable, EntityAccounts, EntityTable, ProvokedTable, Section } from './sandbox-parts.js';
import type { SandboxProps } from './sandbox-parts.js';

/** The stand-in for the government app, where the province logs in with it. */
function AppLink({ page }: { page: PageContext }) {
  const { sandbox: t } = page.t;
  if (!page.jurisdiction.login.methods.includes('qr')) return null;
  return (
    <Section title={t.app}>
      <p>{t.appText}</p>
      <Ways items={[{ id: 'app', href: DEMO_APP.path, text: t.appOpen }]} />
    </Section>
  );
}

/** What stands in for the outside: messages, people, accounts, and which value provokes which answer. */
export function SandboxPage(props: SandboxProps) {
  const { page, steps, messages, residents, accounts, taken } = props;
  const { sandbox: t } = page.t;
  return (
    <Layout page={page} title={t.title} wide>
      <p>{t.intro}</p>
      <Section title={t.messages} open>
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
      </Section>
      <Section title={t.people} open>
        <Table
          id="people"
          columns={[t.name, t.idNumber, t.answer]}
          rows={residents.map(({ name, idNumber, answer }) => [
            withChinese(page, name),
            digits(idNumber),
            taken.has(idNumber) ? t.taken : t.answers[answer ?? 'match'],
          ])}
        />
      </Section>
      <Section title={t.accounts} open>
        <Table
          id="accounts"
          columns={[t.phone, t.password, t.state]}
          rows={accounts.map((account) => [
            digits(account.phone),
            <span class="mono">{account.password}</span>,
            standingOf(account, page.jurisdiction, page.language),
          ])}
        />
        <Ways items={[{ id: 'console', href: '/console', text: t.consoleOpen }]} />
      </Section>
      <EntityAccounts {...props} />
      <Section id="certificates" title={t.certificates} open>
        <p>{t.certificatesText({ pin: DEMO_PIN })}</p>
        <Ways
          items={page.assistants
            .filter(({ driver }) => driver === 'tongxing')
            .map(({ origin }) => ({ id: 'assistant', href: origin, text: t.assistant({ origin }) }))}
        />
      </Section>
      <EntityTable {...props} />
      <AlipayTable {...props} />
      <AppLink page={page} />
      <ProvokedTable {...props} />
      <ClientsTable page={page} />
      <Section title={t.walk}>
        <ol>
          {steps.map((step) => (
            <li>{withChinese(page, step)}</li>
          ))}
        </ol>
      </Section>
    </Layout>
  );
}
