import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { stubEnterprises } from '../gateways/enterprise-register/enterprise-register.stub.js';
import type { StubEnterprise } from '../gateways/enterprise-register/enterprise-register.stub.js';
import { Entities } from '../identity/accounts/entities.service.js';
import type { EntityDraft } from '../identity/accounts/entities.service.js';
import { UserNames } from '../identity/accounts/user-names.service.js';
import { Password } from '../identity/credentials/password.js';
import { Passwords } from '../identity/credentials/passwords.service.js';
import { Clock } from '../shared/clock.js';
import { CreditCode } from '../shared/credit-code.js';
import { EntityName } from '../shared/entity-name.js';
import { PersonName } from '../shared/person-name.js';
import { Phone } from '../shared/phone.js';
import { Refusal } from '../shared/refusal.js';
import { ResidentId } from '../shared/resident-id.js';
import { UserName } from '../shared/user-name.js';
import { Database } from '../storage/transactions.js';
import { DemoEntities } from './demo-entities.service.js';
import type { DemoEntity } from './demo-entities.service.js';

/** The number of the verified demonstration account: what the entity is told can be read at /sandbox. */
const CONTACT = '13900000002';

/** A legal entity's account ready to log in with, made at the first start of a demonstration; its password is printed. */
@Injectable()
export class DemoEntityMaking implements OnApplicationBootstrap {
  constructor(
    private readonly demo: DemoEntities,
    private readonly entities: Entities,
    private readonly userNames: UserNames,
    private readonly passwords: Passwords,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const ready of this.demo.list()) await this.make(ready);
  }

  private async make({ creditCode, userName, password, state }: DemoEntity): Promise<void> {
    const shipped = stubEnterprises().find((one) => one.creditCode === creditCode);
    if (!shipped || (await this.demo.hasAccount(creditCode))) return;
    const name = userName === undefined ? undefined : UserName.parse(userName);
    const hash = await this.passwords.hash(Password.parse(password));
    try {
      const made = await this.db.transaction(async (tx) => {
        const id = await this.entities.create(tx, draftOf(shipped, this.clock.now()));
        if (name) await this.userNames.set(tx, id, name);
        await this.passwords.set(tx, id, hash);
        return id;
      });
      if (state === 'cancelled') await this.demo.asksAgain(made);
    } catch (refusal) {
      // Another process made it in the same moment; or the register is away, and is asked at the first login.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}

const draftOf = ({ name, creditCode, representative }: StubEnterprise, at: Date): EntityDraft => ({
  type: 'enterprise',
  name: EntityName.fromCanonical(name),
  creditCode: CreditCode.fromCanonical(creditCode),
  representative: {
    name: PersonName.fromCanonical(representative.name),
    idNumber: ResidentId.fromCanonical(representative.idNumber),
  },
  phone: Phone.parse(CONTACT),
  checked: { at, reference: 'demo' },
});
