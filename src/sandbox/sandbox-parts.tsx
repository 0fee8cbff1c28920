import type { ComponentChildren } from 'preact';
import { DEMO_CLIENTS, DEMO_SECRET } from '../config/demo-sites.js';
import type { StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { SentMessage } from '../gateways/sms/sent-messages.js';
import { withChinese } from '../web/chinese.js';
import type { PageContext } from '../web/page-context.js';
import { Table, digits } from '../web/parts.js';
import type { StubAlipayUser } from './alipay/alipay-users.js';
import type { DemoAccount } from './demo-accounts.service.js';
import type { DemoEntity } from './demo-entities.service.js';
import { entityStandingOf, identifiersOf } from './overview.js';
import { provokers } from './provoked.js';

interface SectionProps {
  id?: string;
  title: string;
  open?: boolean;
  children: ComponentChildren;
}

export interface SandboxProps {
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

/** A part of the page, folded unless most people look for it; what cannot fold shows it all. */
export function Section({ id, title, open, children }: SectionProps) {
  return (
    <details class="section" open={open}>
      <summary>
        <h2 id={id}>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

/** Legal entities that can log in already. */
export function EntityAccounts({ page, entityAccounts }: SandboxProps) {
  const { sandbox: t, login } = page.t;
  const named = entityAccounts.some(({ userName }) => userName !== undefined);
  const who = [login.identifier['credit-code'], ...(named ? [login.identifier['user-name']] : [])].join(login.or);
  return (
    <Section title={t.entityAccounts} open>
      <Table
        id="entity-accounts"
        columns={[who, t.password, t.entityName, t.state]}
        rows={entityAccounts.map((entity) => [
          <span class="mono">{identifiersOf(entity)}</span>,
          <span class="mono">{entity.password}</span>,
          withChinese(page, entity.name),
          withChinese(page, entityStandingOf(entity, page.language)),
        ])}
      />
    </Section>
  );
}

/** Legal entities of the register. */
export function EntityTable({ page, entities, registered }: SandboxProps) {
  const { sandbox: t } = page.t;
  return (
    <Section title={t.entities}>
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
    </Section>
  );
}

/** Whom the Alipay that stands in knows. */
export function AlipayTable({ page, alipayUsers }: SandboxProps) {
  const { sandbox: t, sandboxAlipay: alipay } = page.t;
  return (
    <Section title={alipay.users}>
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
    </Section>
  );
}

/** Who is to be typed in to meet each refusal of the registers. */
export function ProvokedTable({ page, residents, entities, alipayUsers }: SandboxProps) {
  const { sandbox: t } = page.t;
  return (
    <Section title={t.provoked}>
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
    </Section>
  );
}

/** For a site in the making on its developer's machine. */
export function ClientsTable({ page }: { page: PageContext }) {
  const { sandbox: t } = page.t;
  return (
    <Section title={t.clients}>
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
    </Section>
  );
}
