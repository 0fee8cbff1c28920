import type { Browser, Page } from './browser.js';
import type { Issued } from './ca.js';
import { Citizen } from './citizen.js';
import { stubEnterprises } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { Company } from './company.js';
import type { Province, RunningService } from './service.js';
import { presents } from './signing.js';
import type { TestSite } from './site.js';

/** A company that is registered, with its representative's account, and whoever logs in for it. */
export class RegisteredCompany {
  private constructor(
    private readonly service: RunningService,
    readonly province: Province,
    readonly company: Company,
    private readonly representative: Citizen,
  ) {}

  /** @param name of an entity of the register; its representative has no account yet */
  static async at(service: RunningService, site: TestSite, province: Province, name = '武汉示例科技有限公司') {
    const representative = new Citizen(service);
    const entry = stubEnterprises().find((one) => one.name === name);
    await representative.hasAccount(await site.loginUrl(service.origin), entry?.representative);
    await representative.waits(61);
    const company = new Company(service, province, name);
    const second = await company.isChecked(await company.browser.open(await site.loginUrl(service.origin)));
    await company.registers(second, representative.phone);
    await representative.waits(61);
    return new RegisteredCompany(service, province, company, representative);
  }

  get named() {
    return this.company.entry;
  }

  /** Whether a code to the representative comes before a certificate. */
  get codeFirst(): boolean {
    return this.province === 'hubei';
  }

  /** Where the company is told things, and where its codes go. */
  get phone(): string {
    return this.codeFirst ? this.representative.phone : this.company.contact;
  }

  /** What it has been told since a moment, after what is due has been done. */
  async toldSince(since: Date): Promise<string> {
    await this.waits(1);
    const told = (await this.messages()).filter(({ code, sentAt }) => !code && sentAt >= since.toISOString());
    return told.map(({ text }) => text).join('\n');
  }

  /** All that was sent there. */
  async messages(): Promise<{ text: string; code?: string; sentAt: string }[]> {
    return this.representative.messages(this.phone);
  }

  async code(): Promise<string> {
    return this.representative.codeFor(this.phone);
  }

  async waits(seconds: number): Promise<void> {
    return this.representative.waits(seconds);
  }

  /** A browser of its own, logged in by password. @returns the page that was asked for */
  async signsIn(path = '/account/certificates', language?: string): Promise<{ browser: Browser; page: Page }> {
    const { browser } = new Citizen(this.service, language);
    const login = await browser.open(this.service.origin + path);
    const form = await browser.open(`${login.url.href.split('?')[0]}?kind=entity`);
    return { browser, page: await form.press('login-submit', this.company.login) };
  }

  /** From the list to the page that wants a signature. */
  async toForm(list: Page): Promise<Page> {
    const next = await list.press('certificates-add');
    return this.codeFirst ? this.proves(next) : next;
  }

  /** Asks for the code on this page and gives it. */
  async proves(page: Page): Promise<Page> {
    const sent = await page.press('sms-send');
    return sent.press('certificates-next', { smsCode: await this.code() });
  }

  /** From the list: binds one. @returns what follows */
  async binds(list: Page, issued: Issued): Promise<Page> {
    return presents(await this.toForm(list), issued);
  }

  /** From the list: unbinds the one at this place. @returns what follows */
  async unbinds(list: Page, number: number): Promise<Page> {
    const next = await list.press(`certificate-unbind-${number}`);
    return this.codeFirst ? this.proves(next) : next;
  }
}
