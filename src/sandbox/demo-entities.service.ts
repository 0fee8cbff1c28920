import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { stubEnterprises } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { CreditCode } from '../shared/credit-code.js';

export interface DemoEntity {
  name: string;
  creditCode: string;
  /** Where the province has them. */
  userName?: string;
  password: string;
}

/** Those that ship with the project and stand in no visitor's way, one for each province. */
const READY: readonly DemoEntity[] = [
  { name: '演示示例(湖北)有限公司', creditCode: '91420100MA4KDEM01W', password: 'Tongxing-demo-4' },
  {
    name: '演示示例(河北)有限公司',
    creditCode: '91130100MA07DEM028',
    userName: 'yanshigongsi',
    password: 'Tongxing-demo-4',
  },
];
/** Where a credit code names the region: after department and category. */
const REGION_AT = 2;

/** The legal entity that can log in already, and the entities that the stub register knows. */
@Injectable()
export class DemoEntities {
  constructor(
    private readonly accounts: Accounts,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** The province's own. */
  list(): readonly DemoEntity[] {
    return READY.filter(({ creditCode }) => creditCode.startsWith(this.jurisdiction.sites.province, REGION_AT));
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
}
