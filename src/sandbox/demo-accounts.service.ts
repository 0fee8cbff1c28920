import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Env } from '../config/env.js';
import { stubResidents } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Persons } from '../identity/accounts/persons.service.js';
import type { Confirmed } from '../identity/accounts/persons.service.js';
import { Password } from '../identity/credentials/password.js';
import { Passwords } from '../identity/credentials/passwords.service.js';
import type { VerificationMethod } from '../shared/account.js';
import { chinaDay } from '../shared/china-time.js';
import { Clock } from '../shared/clock.js';
import { PersonName } from '../shared/person-name.js';
import { Phone } from '../shared/phone.js';
import { Refusal } from '../shared/refusal.js';
import { ResidentId } from '../shared/resident-id.js';
import { Database } from '../storage/transactions.js';

export interface DemoAccount {
  phone: string;
  password: string;
  state: 'unverified' | 'verified' | 'disabled' | 'minor' | 'level-2';
}

const READY: readonly DemoAccount[] = [
  { phone: '13900000001', password: 'Tongxing-demo-1', state: 'unverified' },
  { phone: '13900000002', password: 'Tongxing-demo-2', state: 'verified' },
  { phone: '13900000003', password: 'Tongxing-demo-3', state: 'disabled' },
  { phone: '13900000004', password: 'Tongxing-demo-5', state: 'minor' },
  { phone: '13900000005', password: 'Tongxing-demo-6', state: 'level-2' },
];
/** Whom the accounts of a real person belong to, of the people that ship with the project, and who proved it. */
const HOLDERS: Partial<Record<DemoAccount['state'], { idNumber: string; by: string; method: VerificationMethod }>> = {
  verified: { idNumber: '420106198802150181', by: 'identity-verifier', method: 'id-card' },
  minor: { idNumber: '420106201106150238', by: 'identity-verifier', method: 'id-card' },
  'level-2': { idNumber: '420106198509170220', by: 'alipay', method: 'alipay' },
};
/** A child's verification is refused (PIPL art. 31). */
const NEEDS_NO_GUARDIAN = 14;
const isPlain = ({ answer }: StubResident): boolean => answer === undefined;

/** Accounts ready to log in with, made at the first start of a demonstration; their passwords are printed. */
@Injectable()
export class DemoAccounts implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: Accounts,
    private readonly persons: Persons,
    private readonly passwords: Passwords,
    private readonly db: Database,
    private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  list(): readonly DemoAccount[] {
    return READY;
  }

  /** People whom the stub register knows. */
  residents(): StubResident[] {
    return stubResidents(this.env.stubResidentsFile);
  }

  /** Those to verify as: of age for it, their number belongs to their name, and to no account yet. */
  async freeResidents(): Promise<StubResident[]> {
    const taken = await this.taken();
    const today = chinaDay(this.clock.now());
    const needsGuardian = ({ idNumber }: StubResident) =>
      ResidentId.fromCanonical(idNumber).ageOn(today) < NEEDS_NO_GUARDIAN;
    return this.residents().filter((one) => isPlain(one) && !taken.has(one.idNumber) && !needsGuardian(one));
  }

  /** ID numbers of residents that belong to an account. */
  async taken(): Promise<ReadonlySet<string>> {
    const numbers = this.residents().map(({ idNumber }) => idNumber);
    const accounts = await Promise.all(
      numbers.map(async (one) => this.accounts.find('resident-id', ResidentId.fromCanonical(one))),
    );
    return new Set(numbers.filter((_, at) => accounts[at] !== undefined));
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const account of READY) await this.make(account);
  }

  /** Who the account is and by whom it is known; nobody where the person is one of a file, who stays free. */
  private holder(state: DemoAccount['state']): Confirmed | undefined {
    const proof = HOLDERS[state];
    const brought = this.env.stubResidentsFile ? this.residents().map(({ idNumber }) => idNumber) : [];
    const resident = stubResidents().find(({ idNumber }) => idNumber === proof?.idNumber);
    if (!proof || !resident || brought.includes(resident.idNumber)) return undefined;
    return {
      name: PersonName.parse(resident.name),
      idNumber: ResidentId.fromCanonical(resident.idNumber),
      by: proof.by,
      method: proof.method,
      reference: 'demo',
    };
  }

  private async make({ phone: number, password, state }: DemoAccount): Promise<void> {
    const phone = Phone.parse(number);
    if (await this.accounts.find('phone', phone)) return;
    const hash = await this.passwords.hash(Password.parse(password, phone));
    const holder = this.holder(state);
    try {
      await this.db.transaction(async (tx) => {
        const id = await this.accounts.createPerson(tx, { phone });
        await this.passwords.set(tx, id, hash);
        if (holder) await this.persons.confirm(tx, id, holder);
        if (state === 'disabled') await this.accounts.disable(tx, id);
      });
    } catch (refusal) {
      // Another process made it in the same moment.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}
