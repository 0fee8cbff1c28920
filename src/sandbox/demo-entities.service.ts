import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { stubEnterprises } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Entities } from '../identity/accounts/entities.service.js';
import type { EntityDraft } from '../identity/accounts/entities.service.js';
import { Password } from '../identity/credentials/password.js';
import { Passwords } from '../identity/credentials/passwords.service.js';
import { CreditCode } from '../shared/credit-code.js';
import { EntityName } from '../shared/entity-name.js';
import { PersonName } from '../shared/person-name.js';
import { Phone } from '../shared/phone.js';
import { Refusal } from '../shared/refusal.js';
import { ResidentId } from '../shared/resident-id.js';
import { Database } from '../storage/transactions.js';

export interface DemoEntity {
  name: string;
  creditCode: string;
  password: string;
}

/** Those that ship with the project and stand in no visitor's way, one for each province. */
const READY: readonly DemoEntity[] = [
  { name: '演示示例(湖北)有限公司', creditCode: '91420100MA4KDEM01W', password: 'Tongxing-demo-4' },
  { name: '演示示例(河北)有限公司', creditCode: '91130100MA07DEM028', password: 'Tongxing-demo-4' },
];
/** The number of the verified demonstration account: what the entity is told can be read at /sandbox. */
const CONTACT = '13900000002';
/** Where a credit code names the region: after department and category. */
const REGION_AT = 2;

/** A legal entity's account ready to log in with, and the entities that the stub register knows. */
@Injectable()
export class DemoEntities implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: Accounts,
    private readonly entities: Entities,
    private readonly passwords: Passwords,
    private readonly db: Database,
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
    const found = await Promise.all(
      codes.map(async (one) => this.accounts.find('credit-code', CreditCode.fromCanonical(one))),
    );
    return new Set(codes.filter((_, at) => found[at] !== undefined));
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const ready of this.list()) await this.make(ready);
  }

  private async make({ creditCode, password }: DemoEntity): Promise<void> {
    const shipped = stubEnterprises().find((one) => one.creditCode === creditCode);
    if (!shipped || (await this.accounts.find('credit-code', CreditCode.fromCanonical(creditCode)))) return;
    const hash = await this.passwords.hash(Password.parse(password));
    try {
      await this.db.transaction(async (tx) => {
        const id = await this.entities.create(tx, draftOf(shipped));
        await this.passwords.set(tx, id, hash);
      });
    } catch (refusal) {
      // Another process made it in the same moment.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}

const draftOf = ({ name, creditCode, representative }: StubEnterprise): EntityDraft => ({
  type: 'enterprise',
  name: EntityName.fromCanonical(name),
  creditCode: CreditCode.fromCanonical(creditCode),
  representative: {
    name: PersonName.fromCanonical(representative.name),
    idNumber: ResidentId.fromCanonical(representative.idNumber),
  },
  phone: Phone.parse(CONTACT),
  checked: { at: new Date(), reference: 'demo' },
});
