import { DEMO_PIN } from '../config/assistants.js';
import { DEMO_APP, DEMO_CLIENTS, DEMO_SECRET, demoSitesOf } from '../config/demo-sites.js';
import type { DemoSite } from '../config/demo-sites.js';
import type { Env } from '../config/env.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import { texts } from '../locales/texts.js';
import type { Language, Texts } from '../locales/texts.js';
import type { DemoAccount } from './demo-accounts.service.js';
import type { DemoEntity } from './demo-entities.service.js';

const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

/** A first walk through the demonstration, step by step; what is pressed is named as the pages name it. */
export function walk(
  language: Language,
  jurisdiction: Jurisdiction,
  { issuer, port, assistants }: Env,
  { accounts, entities: [entity] }: { accounts: readonly DemoAccount[]; entities: readonly DemoEntity[] },
): string[] {
  const { sandbox, portal, registration, verification, web, login, app, qrLogin, consoleChanges } = texts(language);
  const [other, city] = demoSitesOf(jurisdiction, port) as [DemoSite, DemoSite];
  const assistant = assistants.find(({ driver }) => driver === 'tongxing')?.origin;
  const logIn = portal.logIn({ kind: jurisdiction.labels.entity[language] });
  const certificates = `${issuer}/account/certificates`;
  const byCertificate =
    assistant && entity
      ? sandbox.entitySteps({
          assistant,
          pin: DEMO_PIN,
          logIn,
          certificates,
          way: login.methods.certificate,
          ...entity,
        })
      : [];
  const byApp = jurisdiction.login.methods.includes('qr')
    ? sandbox.appSteps({
        app: `${issuer}${DEMO_APP.path}`,
        appLogIn: app.logIn,
        logIn: portal.logIn({ kind: jurisdiction.labels.person[language] }),
        way: login.methods.qr,
        open: qrLogin.open,
        scan: app.scan,
      })
    : [];
  const steps = sandbox.steps({
    city: city.name[language],
    cityAddress: city.origin,
    sandbox: `${issuer}/sandbox`,
    register: portal.register({ kind: jurisdiction.labels.person[language] }),
    getCode: web.smsGet,
    submit: registration.submit,
    verify: verification.submit,
    other: portal.otherSignedIn({ site: other.name[language] }),
    logOut: portal.logOut,
  });
  const [operator, developer] = (['operator', 'developer'] as const).map((role) =>
    accounts.find((one) => one.role === role),
  ) as [DemoAccount, DemoAccount];
  const inConsole = sandbox.consoleSteps({
    console: `${issuer}/console`,
    operator: operator.phone,
    operatorPassword: operator.password,
    developer: developer.phone,
    developerPassword: developer.password,
    city: city.name[language],
    edit: consoleChanges.sections.edit,
    field: consoleChanges.members['redirect_uris'] as string,
    address: `${city.origin}/callback2`,
    save: consoleChanges.edit.submit,
    waiting: consoleChanges.pageName,
    decide: consoleChanges.one.decide,
    approve: consoleChanges.decide.approve,
  });
  return [...steps, ...byCertificate, ...byApp, ...inConsole];
}

/** What an account is, in words: how far it is verified, and what it may do in the console. */
export function standingOf({ state, role }: DemoAccount, jurisdiction: Jurisdiction, language: Language): string {
  const { states, operator, developer, also } = texts(language).sandbox;
  const [, city] = demoSitesOf(jurisdiction, 0) as [DemoSite, DemoSite];
  const roles = { operator, developer: developer({ site: city.name[language] }) };
  return role ? `${states[state]}${also}${roles[role]}` : states[state];
}

/** What a legal entity's account is, in words: the certificate that opens it, where one is bound. */
export function entityStandingOf({ state, certificate }: DemoEntity, language: Language): string {
  const { entityAccountStates, bound } = texts(language).sandbox;
  if (!certificate) return entityAccountStates[state];
  return bound({ authority: certificate.authority[language], end: certificate.serialEnd });
}

/** What a legal entity logs in with: its code, or its user name where it has one. */
export const identifiersOf = ({ creditCode, userName }: Pick<DemoEntity, 'creditCode' | 'userName'>): string =>
  [creditCode, userName].filter(Boolean).join(' / ');

/** What `npm start` prints when everything is up, in both languages: where to go, who to be, a first walk. */
export function overview(
  jurisdiction: Jurisdiction,
  env: Env,
  {
    accounts,
    entities,
    people,
  }: { accounts: readonly DemoAccount[]; entities: readonly DemoEntity[]; people: readonly StubResident[] },
): string {
  const both = (choose: (t: Texts) => string) => LANGUAGES.map((language) => choose(texts(language))).join(' · ');
  const walks = LANGUAGES.flatMap((language) => [
    `  ${texts(language).sandbox.walk}`,
    ...walk(language, jurisdiction, env, { accounts, entities }).map((step, at) => `    ${at + 1}. ${step}`),
    '',
  ]);
  return [
    '',
    `  通行 Tongxing · ${env.issuer}`,
    ...demoSitesOf(jurisdiction, env.port).map(({ name, origin }) => `  ${name['zh-CN']} · ${name.en} · ${origin}`),
    `  ${both(({ sandbox }) => sandbox.terminal)} · ${env.issuer}/sandbox`,
    `  ${both(({ sandbox }) => sandbox.console)} · ${env.issuer}/console`,
    '',
    `  ${both(({ sandbox }) => sandbox.accounts)}`,
    ...accounts.map((account) => {
      const words = LANGUAGES.map((language) => standingOf(account, jurisdiction, language)).join(' · ');
      return `    ${account.phone}  ${account.password}  ${words}`;
    }),
    `  ${both(({ sandbox }) => sandbox.entityAccounts)}`,
    ...entities.map((entity) => {
      const words = LANGUAGES.map((language) => entityStandingOf(entity, language)).join(' · ');
      return `    ${identifiersOf(entity)}  ${entity.password}  ${entity.name}  ${words}`;
    }),
    `  ${both(({ sandbox }) => sandbox.people)}`,
    ...people.map(({ name, idNumber }) => `    ${idNumber}  ${name}`),
    `  ${both(({ sandbox }) => sandbox.clients)} · client_secret ${DEMO_SECRET}`,
    ...DEMO_CLIENTS.map(({ id, callback }) => `    ${id}  ${callback}`),
    '',
    ...walks,
    `  ${both(({ sandbox }) => sandbox.end({ keys: 'Ctrl-C' }))}`,
  ].join('\n');
}
