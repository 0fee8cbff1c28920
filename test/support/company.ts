import type { StubEnterprise } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { EnterpriseRegister } from '../../src/gateways/enterprise-register/enterprise-register.gateway.js';
import { stubEnterprises } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import type { Page } from './browser.js';
import { Citizen, PASSWORD, freshPhone } from './citizen.js';
import type { Province, RunningService } from './service.js';

/** A manager whom the fictional register of persons knows. */
export const MANAGER = { managerName: '周舟', managerIdNumber: '131002198707070117' };

/** The register's own entry, to be changed: what the service is told when it asks again. */
export function inRegister({ app }: RunningService, code: string): StubEnterprise {
  const { enterprises } = app.get(EnterpriseRegister) as unknown as { enterprises: StubEnterprise[] };
  return enterprises.find(({ creditCode }) => creditCode === code) as StubEnterprise;
}

/** A legal entity of the fictional register, and whoever registers it at a browser. */
export class Company extends Citizen {
  userName = `company${freshPhone().slice(-6)}`;
  contact = freshPhone();

  constructor(
    service: { origin: string },
    readonly province: Province,
    readonly name: string,
    language?: string,
  ) {
    super(service, language);
  }

  get entry() {
    const entry = stubEnterprises().find(({ name }) => name === this.name);
    if (!entry) throw new Error(`${this.name} is not in the register`);
    return entry;
  }

  /** The first step's fields as on its licence. */
  get details(): Record<string, string> {
    const { type, name, creditCode, representative } = this.entry;
    const own = this.province === 'hebei' ? { ...MANAGER, agreement: 'yes' } : {};
    // Hebei counts individual businesses and cooperatives among the enterprises.
    const merged = this.province === 'hebei' && ['individual', 'cooperative'].includes(type);
    return {
      entityType: merged ? 'enterprise' : type,
      entityName: name,
      creditCode,
      representativeName: representative.name,
      representativeIdNumber: representative.idNumber,
      ...own,
    };
  }

  /** From a login page to the second step. */
  async isChecked(loginPage: Page, more: Record<string, string> = {}): Promise<Page> {
    const form = await (await this.browser.open(`${loginPage.url.href.split('?')[0]}?kind=entity`)).follow('register');
    return form.press('entity-check', { ...this.details, ...more });
  }

  /** From the second step to the end, without a certificate. @param representative the number of the representative's own account */
  override async registers(second: Page, representative?: string): Promise<Page> {
    const third = await this.hasRegistered(second, representative);
    return third.has('#certificate-skip') ? third.press('certificate-skip') : third;
  }

  /** From the second step to the third, where a certificate can be bound. */
  async hasRegistered(second: Page, representative?: string): Promise<Page> {
    const { userName, contact: phone, password } = this;
    if (this.province === 'hubei') {
      const sent = await second.press('sms-send', { password });
      const smsCode = await this.codeFor(representative);
      return sent.press('entity-register-submit', { smsCode, agreement: 'yes' });
    }
    const sent = await second.press('sms-send', { userName, phone, password, ...(await this.captcha(second)) });
    const codes = { smsCode: await this.codeFor(phone) };
    if (!representative) return sent.press('entity-register-submit', codes);
    const both = await sent.press('representative-send');
    return both.press('entity-register-submit', {
      ...codes,
      representativeCode: await this.codeFor(representative),
    });
  }

  /** From a login page through "forgotten password" to the page after the code. @param phone whose message it is */
  async forgets(loginPage: Page, phone: string): Promise<Page> {
    const first = await (await this.browser.open(`${loginPage.url.href.split('?')[0]}?kind=entity`)).follow('reset');
    const sent = await first.press('reset-next', {
      creditCode: this.entry.creditCode,
      ...(await this.captcha(first)),
    });
    await this.waits(1);
    return sent.press('reset-verify', { smsCode: await this.codeFor(phone) });
  }

  /** What it logs in with. */
  get login(): { identifier: string; password: string } {
    return { identifier: this.entry.creditCode, password: PASSWORD };
  }
}
