import { Injectable } from '@nestjs/common';
import { Persons } from '../../identity/accounts/persons.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { RealName } from '../../identity/accounts/real-name.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { PersonName } from '../../shared/person-name.js';
import type { Phone } from '../../shared/phone.js';
import type { ResidentId } from '../../shared/resident-id.js';
import type { LevelCodeForm } from './level.form.js';
import { unlessVerified } from './unless-verified.js';

/** Where an account stands on its way up: what comes next, and the number that it is proved by, if it has one. */
export interface LevelStage {
  due: 'nothing' | 'code' | 'id-card';
  phone?: Phone;
}

export const PURPOSE = 'level';
/** A session's code for this counts for nothing else. */
export const bindingOf = (who: SignedIn): string => `${PURPOSE}|${who.uid}`;

/** Raising the level by ID card: a code to the bound number, then name and ID number. */
@Injectable()
export class LevelRaising {
  constructor(
    private readonly persons: Persons,
    private readonly realName: RealName,
    private readonly steps: CodeSteps,
    private readonly proved: ProvedNumbers,
  ) {}

  async stage(who: SignedIn): Promise<LevelStage> {
    const person = await this.persons.find(who.accountId);
    if (!person || person.kind !== 'person' || person.level > 0) return { due: 'nothing' };
    const { phone } = person;
    // An account that has no number (Alipay makes such) has none to prove.
    const isProved = !phone || (await this.proved.is(bindingOf(who), phone));
    return { due: isProved ? 'id-card' : 'code', phone };
  }

  /** What a page may show. */
  async profile(who: SignedIn): Promise<Profile> {
    return (await this.persons.profile(who.accountId)) as Profile;
  }

  /** @throws {Refusal} sms.*, sms-code.* */
  async code(who: SignedIn, phone: Phone, form: LevelCodeForm, origin: { address: string; device?: string }) {
    await this.steps.take({ purpose: PURPOSE, phone, binding: bindingOf(who), main: 'level-next', origin, ...form });
  }

  /** @throws {Refusal} as `RealName.verify` does */
  async identify(
    who: SignedIn,
    phone: Phone | undefined,
    { name, idNumber }: { name: PersonName; idNumber: ResidentId },
    address: string,
  ): Promise<void> {
    await this.realName.verify({ accountId: who.accountId, name, idNumber, address }).catch(unlessVerified);
    if (phone) await this.proved.take(bindingOf(who), phone);
  }
}
