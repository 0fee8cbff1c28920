import { Browser } from './browser.js';
import type { Page } from './browser.js';
import type { RunningService } from './service.js';

export const PASSWORD = 'Changjiang-1954';
export const ZHANG_SAN = { name: '张三', idNumber: '420106199003071019' };

let counter = 10_000_000;

/** A number nobody has used yet. */
export const freshPhone = (): string => `137${(counter += 1)}`;

/** Somebody at a browser without script. */
export class Citizen {
  readonly browser: Browser;
  phone = freshPhone();
  password = PASSWORD;

  constructor(
    private readonly service: Pick<RunningService, 'origin'>,
    language = 'zh-CN',
  ) {
    this.browser = new Browser(language);
  }

  /** The newest code sent to a number. */
  async codeFor(phone = this.phone): Promise<string> {
    const code = (await this.messages(phone)).find((message) => message.code)?.code;
    if (!code) throw new Error(`no code was sent to ${phone}`);
    return code;
  }

  /** What was sent to a number, newest first. */
  async messages(phone = this.phone): Promise<{ text: string; code?: string; sentAt: string }[]> {
    const answer = await fetch(`${this.service.origin}/sandbox/sms?phone=${phone}`);
    return (await answer.json()) as { text: string; code?: string; sentAt: string }[];
  }

  /** The newest notice to a number, after what is due has been done. */
  async notice(phone = this.phone): Promise<string> {
    await this.waits(1);
    return (await this.messages(phone)).find((message) => !message.code)?.text ?? '';
  }

  /** Lets time pass for the service, and what has fallen due happen. */
  async waits(seconds: number): Promise<void> {
    const body = new URLSearchParams({ advance: String(seconds) });
    await fetch(`${this.service.origin}/sandbox/clock`, { method: 'POST', body });
  }

  /** From a login page through "forgotten password" to the page after the code. */
  async resets(loginPage: Page, phone = this.phone): Promise<Page> {
    const number = await loginPage.follow('reset');
    const code = await number.press('reset-next', { phone, ...(await this.captcha(number)) });
    return code.press('reset-verify', { smsCode: await this.codeFor(phone) });
  }

  /** From a login page through "number lost" to the page after the code to the new number. */
  async losesNumber(loginPage: Page, who: { name: string; idNumber: string }, phone: string): Promise<Page> {
    const first = await loginPage.follow('lost-number');
    const sent = await first.press('sms-send', { ...who, phone, ...(await this.captcha(first)) });
    return sent.press('lost-number-next', { smsCode: await this.codeFor(phone) });
  }

  /** Reads the picture on this page. */
  async captcha(page: Page): Promise<Record<string, string>> {
    const id = page.value('captchaId');
    if (!id) return {};
    const answer = await fetch(`${this.service.origin}/sandbox/captcha/${id}`);
    return { captcha: ((await answer.json()) as { answer: string }).answer };
  }

  /** From a login page: to the registration page, number and password typed, code asked for. */
  async asksForCode(loginPage: Page): Promise<Page> {
    const page = loginPage.has('#register-submit') ? loginPage : await loginPage.follow('register');
    return page.press('sms-send', { phone: this.phone, password: this.password, ...(await this.captcha(page)) });
  }

  /** Registers from a login page; comes out at the verification page. */
  async registers(loginPage: Page): Promise<Page> {
    const page = await this.asksForCode(loginPage);
    return page.press('register-submit', { smsCode: await this.codeFor(), agreement: 'yes' });
  }

  /** In the user centre through the code to the page for name and ID number; a minute later, so that it is sent. */
  async goesToIdCard(): Promise<Page> {
    await this.waits(61);
    const sent = await (await this.browser.open(`${this.service.origin}/account/level`)).press('sms-send');
    return sent.press('level-next', { smsCode: await this.codeFor() });
  }

  async verifies(page: Page, who: { name: string; idNumber: string } = ZHANG_SAN): Promise<Page> {
    return page.press('verification-submit', who);
  }

  async logsIn(loginPage: Page, identifier = this.phone, password = this.password): Promise<Page> {
    return loginPage.press('login-submit', { identifier, password });
  }

  /** Everything at once: an account that is registered, and verified if somebody is given. */
  async hasAccount(loginUrl: string, who?: { name: string; idNumber: string }): Promise<Page> {
    const page = await this.registers(await this.browser.open(loginUrl));
    return who ? this.verifies(page, who) : page.press('verification-skip');
  }
}
