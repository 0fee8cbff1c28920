import { inspect } from 'node:util';
import type { Logger } from 'pino';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { texts } from '../../src/locales/texts.js';
import type { Language, RefusalCode } from '../../src/locales/texts.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { CreditCode } from '../../src/shared/credit-code.js';
import { Database } from '../../src/storage/transactions.js';
import { Log } from '../../src/web/log.js';
import { Browser } from './browser.js';
import type { Page } from './browser.js';
import { ALGORITHMS } from './ca.js';
import type { Issued, TestCa, Wanted } from './ca.js';
import { Citizen } from './citizen.js';
import { startService } from './service.js';
import type { Province, RunningService } from './service.js';
import { binds, certifies, fileOf, signed } from './signing.js';
import { TestSite, sitesFile } from './site.js';

/** The fictional companies that every demonstration has an account of. */
const COMPANIES = {
  hubei: { name: '演示示例(湖北)有限公司', creditCode: '91420100MA4KDEM01W' },
  hebei: { name: '演示示例(河北)有限公司', creditCode: '91130100MA07DEM028' },
};
const PASSWORD = 'Tongxing-demo-4';
const CONTACT = '13900000002';

/** The fields of the certificate form, as somebody sends them. */
export interface Sent {
  challenge?: string;
  certificate?: string;
  signature?: string;
}

/** Where the form stands: the login, and the user centre of the company, where its certificates are bound. */
export const PLACES = ['login', 'binding'] as const;
export type Place = (typeof PLACES)[number];

/** Each kind of key at each place; one kind speaks English. */
export const GROUPS = PLACES.flatMap((place) =>
  ALGORITHMS.map((algorithm) => [place, algorithm, algorithm === 'p256' ? 'en' : 'zh-CN'] as const),
);

const pattern = (text: string): RegExp =>
  new RegExp(text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+'));

/** What a refused form comes to: its reason told in the page's language, the form there for another try, nobody logged in. */
export const refusedFor = (code: RefusalCode, status = 422): string =>
  `${status} ${code}: told in words, the form with a fresh challenge, nobody in, nothing bound`;

/** Somebody who tries certificates on a company that has an account and, perhaps, certificates bound to it. */
export class Stand {
  /** What was sent, none of which may be logged. */
  private readonly secrets = new Set<string>();
  private readonly written: unknown[] = [];
  private bound = 0;

  private constructor(
    readonly service: RunningService,
    readonly site: TestSite,
    readonly company: { name: string; creditCode: string },
    readonly account: string,
  ) {}

  static async at(province: Province, entries: readonly object[], env: Record<string, string> = {}): Promise<Stand> {
    const site = await TestSite.start('site', '武汉站');
    const files = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: fileOf(entries) };
    const service = await startService(province, { ...files, LIMITS: 'off', ...env });
    const company = COMPANIES[province];
    const code = CreditCode.fromCanonical(company.creditCode);
    const account = await service.app.get(Accounts).find('credit-code', code);
    if (!account) throw new Error(`${company.name} has no account`);
    const stand = new Stand(service, site, company, account);
    stand.listens();
    return stand;
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.site.close();
  }

  /** The company's certificate, as it should be unless something else is wanted of it. */
  issues(ca: TestCa, wanted: Wanted = {}): Issued {
    return certifies(ca, this.company, wanted);
  }

  /** Binds one to the company's account, without the pages. */
  async binds(issued: Issued): Promise<void> {
    await binds(this.service, this.company.creditCode, issued);
    this.bound = (await this.bindings()).length;
  }

  /** The form at a browser of its own. */
  async opens(place: Place = 'login', language: Language = 'zh-CN'): Promise<Page> {
    return place === 'login' ? this.loginForm(language) : this.bindingForm(language);
  }

  /** Sends the form of a page. */
  async sends(page: Page, sent: Sent): Promise<Page> {
    const body = { challenge: page.value('challenge') ?? '', certificate: '', signature: '', ...sent };
    for (const text of [body.certificate, body.signature]) if (text.length > 60) this.secrets.add(text.slice(40, 80));
    return page.press('certificate-submit', body);
  }

  /** In words, as `refusedFor` has them, or what came instead. */
  async outcome(before: Page, after: Page, language: Language = 'zh-CN'): Promise<string> {
    const inside = this.site.logins.splice(0).length;
    if (after.title === 'logged in') return 'logged in';
    const [code = ''] = after.codes;
    const said = after
      .all(`[data-code="${code}"]`)
      .some(({ text }) => pattern(texts(language).refusals[code as RefusalCode]).test(text));
    const challenge = after.value('challenge');
    const fresh = after.has('#certificate-submit') && Boolean(challenge) && challenge !== before.value('challenge');
    const held = this.bound;
    this.bound = (await this.bindings()).length;
    const bound = this.bound - held;
    return [
      `${after.status} ${after.codes.join()}: ${said ? 'told in words' : after.text.slice(0, 300)}`,
      fresh ? 'the form with a fresh challenge' : 'no form',
      inside === 0 ? 'nobody in' : `${inside} in`,
      bound === 0 ? 'nothing bound' : `${bound} bound`,
    ].join(', ');
  }

  /** Signs in with a bound certificate, to see that the form works: what it takes away is counted out again. */
  async logsIn(issued: Issued, page?: Page): Promise<string> {
    const form = page ?? (await this.opens());
    const done = await this.sends(form, signed(form, issued));
    this.site.logins.splice(0);
    return done.title;
  }

  async unbindsAll(): Promise<void> {
    const { app } = this.service;
    for (const { id } of await this.bindings())
      await app.get(Database).transaction(async (tx) => app.get(CertificateBindings).unbind(tx, this.account, id));
    this.bound = 0;
  }

  async bindings() {
    return this.service.app.get(CertificateBindings).list(this.account);
  }

  /** How many are signed in to the company's account. */
  async sessions(): Promise<number> {
    return (await this.service.app.get(Sessions).list(this.account)).length;
  }

  /** What of that which was sent, or of who sent it, has been logged. */
  leaks(): string[] {
    const log = inspect(this.written, { depth: 12, maxArrayLength: null, maxStringLength: null });
    const never = [...this.secrets, this.company.creditCode, this.company.name, 'BEGIN CERTIFICATE', 'TONGXING'];
    return never.filter((text) => log.includes(text));
  }

  private listens(): void {
    const { logger } = this.service.app.get(Log) as unknown as { logger: Logger };
    for (const level of ['debug', 'info', 'warn', 'error'] as const) {
      const write = logger[level].bind(logger) as (...args: unknown[]) => void;
      logger[level] = (...args: unknown[]) => {
        this.written.push(args);
        write(...args);
      };
    }
  }

  private async loginForm(language: Language): Promise<Page> {
    const browser = new Browser(language);
    const page = await browser.open(await this.site.loginUrl(this.service.origin, { kind: 'entity' }));
    return browser.open(`${page.url.origin}${page.url.pathname}?kind=entity&method=certificate`);
  }

  private async bindingForm(language: Language): Promise<Page> {
    const citizen = new Citizen(this.service, language);
    const login = await citizen.browser.open(`${this.service.origin}/account/certificates`);
    const form = await citizen.browser.open(`${login.url.href.split('?')[0]}?kind=entity`);
    const list = await form.press('login-submit', { identifier: this.company.creditCode, password: PASSWORD });
    const next = await list.press('certificates-add');
    if (next.has('#certificate-submit')) return next;
    const sent = await next.press('sms-send');
    return sent.press('certificates-next', { smsCode: await citizen.codeFor(CONTACT) });
  }
}

/** What somebody sends who has a page with the form before them. */
export type Move = (page: Page) => Sent | Promise<Sent>;

/** The page's challenge, signed by this certificate's key, or otherwise. */
export const by =
  (issued: Issued, signs: { text?: Buffer; key?: Issued['key'] } = {}): Move =>
  (page) =>
    signed(page, issued, signs);

/** These fields instead of the right ones. */
export const but =
  (move: Move, fields: Sent): Move =>
  async (page) => ({ ...(await move(page)), ...fields });

/** An attack of the list (DOMAIN 7): its number, what it is, what it is told, and what is sent. */
export type Attack = readonly [no: string, what: string, code: RefusalCode, move: (ca: TestCa, stand: Stand) => Move];

/**
 * Somebody who tries one attack after the other, each on the page that the refusal before it left: so each shows as well
 * that the form can be used again.
 */
export class Attacker {
  private page?: Page;

  constructor(
    private readonly stand: Stand,
    private readonly place: Place,
    private readonly language: Language = 'zh-CN',
  ) {}

  async tries(move: Move): Promise<string> {
    const page = this.page ?? (await this.stand.opens(this.place, this.language));
    const next = await this.stand.sends(page, await move(page));
    this.page = next.has('#certificate-submit') ? next : undefined;
    return this.stand.outcome(page, next, this.language);
  }
}
