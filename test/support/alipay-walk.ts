import { alipayFile } from './alipay-users.js';
import type { AlipayUser } from './alipay-users.js';
import { byAlipay } from './alipay-users.js';
import { Browser } from './browser.js';
import type { Page } from './browser.js';
import { Citizen } from './citizen.js';
import { residentsFile } from './residents.js';
import { startService } from './service.js';
import type { Province, RunningService } from './service.js';
import { TestSite, sitesFile } from './site.js';

const { residents, file: RESIDENTS } = residentsFile(40);
let nextPerson = 0;
/** Somebody nobody else in this file is. */
export const somebody = () => residents[(nextPerson += 1) - 1] as (typeof residents)[number];

/** A service with an Alipay at the far end, a site of it, and ways through both. */
export class AlipayWalk {
  private constructor(
    readonly service: RunningService,
    readonly site: TestSite,
  ) {}

  static async start(
    province: Province,
    users: readonly AlipayUser[],
    more: NodeJS.ProcessEnv = {},
    limits?: Record<string, Record<string, number>>,
  ): Promise<AlipayWalk> {
    const site = await TestSite.start('city', '武汉');
    const environment = {
      SITES_FILE: sitesFile([site.metadata()]),
      STUB_ALIPAY_FILE: alipayFile(users),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
      ...more,
    };
    const service = await startService(province, environment, limits);
    return new AlipayWalk(service, site);
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.site.close();
  }

  async loginPage(browser = new Browser(), more: Record<string, string> = {}): Promise<Page> {
    return browser.open(await this.site.loginUrl(this.service.origin, more));
  }

  async comesBy(user: AlipayUser, browser = new Browser(), more: Record<string, string> = {}): Promise<Page> {
    return byAlipay(await this.loginPage(browser, more), user);
  }

  /** A citizen with an account by number and password, logged in. */
  async citizen(who?: { name: string; idNumber: string }): Promise<Citizen> {
    const citizen = new Citizen(this.service);
    await citizen.hasAccount(await this.site.loginUrl(this.service.origin), who);
    return citizen;
  }

  /** A citizen who is logged in by SMS alone. */
  async bySms(phone: string): Promise<Citizen> {
    await new Citizen(this.service).waits(61);
    const citizen = Object.assign(new Citizen(this.service), { phone });
    const login = await this.loginPage(citizen.browser);
    const page = await citizen.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await citizen.captcha(page)) });
    await sent.press('login-submit', { smsCode: await citizen.codeFor() });
    return citizen;
  }

  /** The user centre's page about Alipay, and through Alipay by its button. */
  async binds(browser: Browser, { userId, password }: AlipayUser): Promise<Page> {
    const page = await browser.open(`${this.service.origin}/account/alipay`);
    return (await page.press('alipay-bind')).press('alipay-login', { account: userId, password });
  }

  get last() {
    const { claims } = this.site.lastLogin;
    return { sub: claims.sub, amr: claims['amr'], level: String(claims.acr).slice(-1) };
  }
}
