import { DEMO_PIN } from '../config/assistants.js';
import { DEMO_APP, DEMO_CLIENTS, DEMO_SECRET } from '../config/demo-sites.js';
import type { StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { SentMessage } from '../gateways/sms/sent-messages.js';
import { withChinese } from '../web/chinese.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Table, Ways, digits } from '../web/parts.js';
import type { StubAlipayUser } from './alipay/alipay-users.js';
import type { DemoAccount } from './demo-accounts.service.js';
import type { DemoEntity } from './demo-entities.service.js';
import { identifiersOf, standingOf } from './overview.js';
import { provokers } from './provoked.js';
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
  entityAccounts: readonly DemoEntity[];
  /** Entities that the stub register knows. */
  entities: readonly StubEnterprise[];
  /** Credit codes that have an account. */
  registered: ReadonlySet<string>;
  alipayUsers: readonly StubAlipayUser[];
}

/** Legal entities of the register, and the one that can log in already. */
function EntityTables({ page, entities, entityAccounts, registered }: SandboxProps) {
  const { sandbox: t, login } = page.t;
  const named = entityAccounts.some(({ userName }) => userName !== undefined);
  const who = [login.identifier['credit-code'], ...(named ? [login.identifier['user-name']] : [])].join(login.or);
  return (
    <div>
      <h2>{t.entities}</h2>
      <Table
        id="entities"
        columns={[t.entityName, t.creditCode, t.representative, t.idNumber, t.state]}
        rows={entities.map(({ name, creditCode, representative, state, answer }) => [
          withChinese(page, name),
          <span class="mono">{creditCode}</span>,
          withChinese(page, representative.name),
          digits(representative.idNumber),
          registered.has(creditCode) ? t.entityTaken : t.entityStates[answer ?? state],
        ])}
      />
      <h2>{t.entityAccounts}</h2>
      <Table
        id="entity-accounts"
        columns={[who, t.password, t.entityName, t.state]}
        rows={entityAccounts.map(({ password, name, state, ...by }) => [
          <span class="mono">{identifiersOf(by)}</span>,
          <span class="mono">{password}</span>,
          withChinese(page, name),
          t.entityAccountStates[state],
        ])}
      />
    </div>
  );
}

/** Whom the Alipay that stands in knows. */
function AlipayTable({ page, alipayUsers }: SandboxProps) {
  const { sandbox: t, sandboxAlipay: alipay } = page.t;
  return (
    <div>
      <h2>{alipay.users}</h2>
      <Table
        id="alipay-users"
        columns={[alipay.account, alipay.password, t.name, t.idNumber, alipay.certified]}
        rows={alipayUsers.map(({ userId, password, name, idNumber, certified }) => [
          <span class="mono">{userId}</span>,
          <span class="mono">{password}</span>,
          withChinese(page, name),
          digits(idNumber),
          certified ? alipay.yes : alipay.no,
        ])}
      />
    </div>
  );
}

/** Who is to be typed in to meet each refusal of the registers. */
function ProvokedTable({ page, residents, entities, alipayUsers }: SandboxProps) {
  const { sandbox: t } = page.t;
  return (
    <div>
      <h2>{t.provoked}</h2>
      <Table
        id="provoked"
        columns={[t.code, t.fill]}
        rows={provokers(residents, entities, alipayUsers).map(({ code, resident, entity, alipay }) => [
          <span class="mono">{code}</span>,
          withChinese(
            page,
            [resident?.name ?? entity?.name, resident?.idNumber ?? entity?.creditCode ?? alipay?.userId]
              .filter(Boolean)
              .join(' '),
          ),
        ])}
      />
    </div>
  );
}

/** For a site in the making on its developer's machine. */
function ClientsTable({ page }: { page: PageContext }) {
  const { sandbox: t } = page.t;
  return (
    <div>
      <h2>{t.clients}</h2>
      <Table
        id="clients"
        columns={[t.clientId, t.callback]}
        rows={DEMO_CLIENTS.map(({ id, callback }) => [
          <span class="mono">{id}</span>,
          <span class="mono">{callback}</span>,
        ])}
      />
      <p>
        {t.secret} <span class="mono">{DEMO_SECRET}</span>
      </p>
    </div>
  );
}

/** The stand-in for the government app, where the province logs in with it. */
function AppLink({ page }: { page: PageContext }) {
  const { sandbox: t } = page.t;
  if (!page.jurisdiction.login.methods.includes('qr')) return null;
  return (
    <div>
      <h2>{t.app}</h2>
      <p>{t.appText}</p>
      <Ways items={[{ id: 'app', href: DEMO_APP.path, text: t.appOpen }]} />
    </div>
  );
}

/** What stands in for the outside: messages, people, accounts, and which value provokes which answer. */
export function SandboxPage(props: SandboxProps) {
  const { page, steps, messages, residents, accounts, taken } = props;
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
        rows={accounts.map((account) => [
          digits(account.phone),
          <span class="mono">{account.password}</span>,
          standingOf(account, page.jurisdiction, page.language),
        ])}
      />
      <Ways items={[{ id: 'console', href: '/console', text: t.consoleOpen }]} />
      <ProvokedTable {...props} />
      <AlipayTable {...props} />
      <EntityTables {...props} />
      <AppLink page={page} />
      <ClientsTable page={page} />
      <h2 id="certificates">{t.certificates}</h2>
      <p>{t.certificatesText({ pin: DEMO_PIN })}</p>
      <Ways
        items={page.assistants
          .filter(({ driver }) => driver === 'tongxing')
          .map(({ origin }) => ({ id: 'assistant', href: origin, text: t.assistant({ origin }) }))}
      />
      <h2>{t.walk}</h2>
      <ol>
        {steps.map((step) => (
          <li>{withChinese(page, step)}</li>
        ))}
      </ol>
    </Layout>
  );
}
