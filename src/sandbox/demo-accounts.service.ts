import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { stubResidents } from '../gateways/identity-verifier/identity-verifier.stub.js';
import type { StubResident } from '../gateways/identity-verifier/identity-verifier.stub.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import type { Confirmed } from '../identity/accounts/persons.service.js';
import type { VerificationMethod } from '../shared/account.js';
import { chinaDay } from '../shared/china-time.js';
import { Clock } from '../shared/clock.js';
import { PersonName } from '../shared/person-name.js';
import { ResidentId } from '../shared/resident-id.js';

export interface DemoAccount {
  phone: string;
  password: string;
  state: 'unverified' | 'verified' | 'disabled' | 'minor' | 'level-2';
  /** What the account is in the console: an operator, or a developer of the city's site. */
  role?: 'operator' | 'developer';
}

const READY: readonly DemoAccount[] = [
  { phone: '13900000001', password: 'Tongxing-demo-1', state: 'unverified' },
  { phone: '13900000002', password: 'Tongxing-demo-2', state: 'verified' },
  { phone: '13900000003', password: 'Tongxing-demo-3', state: 'disabled' },
  { phone: '13900000004', password: 'Tongxing-demo-5', state: 'minor' },
  { phone: '13900000005', password: 'Tongxing-demo-6', state: 'level-2', role: 'developer' },
  { phone: '13900000006', password: 'Tongxing-demo-9', state: 'level-2', role: 'operator' },
];

interface Proof {
  idNumber: string;
  by: string;
  method: VerificationMethod;
}

const byRegister = (idNumber: string): Proof => ({ idNumber, by: 'identity-verifier', method: 'id-card' });
const byAlipay = (idNumber: string): Proof => ({ idNumber, by: 'alipay', method: 'alipay' });

/** Whom a number's account belongs to, of the people that ship with the project, and who proved it. */
const HOLDERS: Record<string, Proof> = {
  '13900000002': byRegister('420106198802150181'),
  '13900000004': byRegister('420106201106150238'),
  '13900000005': byAlipay('420106198509170220'),
  '13900000006': byAlipay('420106198711030248'),
};
/** A child's verification is refused (PIPL art. 31). */
const NEEDS_NO_GUARDIAN = 14;
const isPlain = ({ answer }: StubResident): boolean => answer === undefined;

/** The accounts ready to log in with, their passwords known to everybody; and the people that a visitor verifies as. */
@Injectable()
export class DemoAccounts {
  constructor(
    private readonly accounts: Accounts,
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

  /** Who an account is and by whom it is known; nobody where the person is one of a file, who stays free. */
  holder({ phone }: DemoAccount): Confirmed | undefined {
    const proof = HOLDERS[phone];
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
}
