import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { stubEnterprises } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { CertificateBindings } from '../identity/certificates/bindings.service.js';
import { EntityStanding } from '../identity/entity-standing/entity-standing.service.js';
import type { Language } from '../locales/texts.js';
import { CreditCode } from '../shared/credit-code.js';

export interface DemoEntity {
  name: string;
  creditCode: string;
  /** Where the province has them. */
  userName?: string;
  password: string;
  /** `certified`: the first certificate issued to it is bound to its account. */
  state: 'ready' | 'certified' | 'cancelled';
  /** The first one that opens its account by now. */
  certificate?: { authority: Record<Language, string>; serialEnd: string };
}

/** Those that ship with the project and stand in no visitor's way, the same three for each province. */
const READY: readonly DemoEntity[] = [
  { name: '演示示例(湖北)有限公司', creditCode: '91420100MA4KDEM01W', password: 'Tongxing-demo-4', state: 'ready' },
  { name: '演示持证(湖北)有限公司', creditCode: '91420100MA4KDEM020', password: 'Tongxing-demo-7', state: 'certified' },
  {
    name: '演示已注销(湖北)有限公司',
    creditCode: '91420100MA4KDEM033',
    password: 'Tongxing-demo-8',
    state: 'cancelled',
  },
  {
    name: '演示示例(河北)有限公司',
    creditCode: '91130100MA07DEM028',
    userName: 'yanshigongsi',
    password: 'Tongxing-demo-4',
    state: 'ready',
  },
  {
    name: '演示持证(河北)有限公司',
    creditCode: '91130100MA07DEM03B',
    userName: 'yanshichizheng',
    password: 'Tongxing-demo-7',
    state: 'certified',
  },
  {
    name: '演示已注销(河北)有限公司',
    creditCode: '91130100MA07DEM04E',
    userName: 'yanshizhuxiao',
    password: 'Tongxing-demo-8',
    state: 'cancelled',
  },
];
/** Where a credit code names the region: after department and category. */
const REGION_AT = 2;

/** The legal entities that can log in already, and the entities that the stub register knows. */
@Injectable()
export class DemoEntities {
  constructor(
    private readonly accounts: Accounts,
    private readonly bindings: CertificateBindings,
    private readonly standing: EntityStanding,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** The province's own. */
  list(): readonly DemoEntity[] {
    return READY.filter(({ creditCode }) => creditCode.startsWith(this.jurisdiction.sites.province, REGION_AT));
  }

  /** The same, each with its certificate. */
  async withCertificates(): Promise<DemoEntity[]> {
    return Promise.all(this.list().map(async (one) => ({ ...one, certificate: await this.certificateOf(one) })));
  }

  /** Entities that the stub register knows. */
  known(): StubEnterprise[] {
    return stubEnterprises(this.env.stubEnterprisesFile);
  }

  /** Codes of known entities that have an account. */
  async taken(): Promise<ReadonlySet<string>> {
    const codes = this.known().map(({ creditCode }) => creditCode);
    const found = await Promise.all(codes.map(async (one) => this.hasAccount(one)));
    return new Set(codes.filter((_, at) => found[at]));
  }

  async hasAccount(creditCode: string): Promise<boolean> {
    return (await this.accounts.find('credit-code', CreditCode.fromCanonical(creditCode))) !== undefined;
  }

  /** What the register says by now is written down. @throws {Refusal} register.unavailable */
  async asksAgain(accountId: string): Promise<void> {
    await this.standing.renew(accountId);
  }

  private async certificateOf({ creditCode }: DemoEntity): Promise<DemoEntity['certificate']> {
    const accountId = await this.accounts.find('credit-code', CreditCode.fromCanonical(creditCode));
    const [first] = accountId ? await this.bindings.list(accountId) : [];
    return first && { authority: first.authorityName, serialEnd: first.serial.slice(-4).toUpperCase() };
  }
}
