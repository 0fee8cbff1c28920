import { Injectable } from '@nestjs/common';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';
import type { NewContactForm } from './representative.form.js';
import type { Origin } from './words.service.js';

interface Kept {
  phone: string;
  personProved?: boolean;
}

/** The number that is to be the contact: a code of its own has proved it in this session. */
export interface NewContact {
  phone: Phone;
  /** Whoever changes it has shown who the representative is, where that one has no account. */
  personProved: boolean;
}

const KIND = 'new-contact';
const LIFE_SECONDS = 20 * 60;
const PURPOSE = 'entity-contact';

const placeOf = ({ uid, accountId }: SignedIn): string => `${uid}|${accountId}`;
const bindingOf = ({ uid }: SignedIn): string => `contact-new|${uid}`;

/** The new contact number: proved by its own code, and kept for this session until somebody agrees. */
@Injectable()
export class NewContacts {
  constructor(
    private readonly steps: CodeSteps,
    private readonly stages: CodeStages,
    private readonly records: Records,
  ) {}

  async stage(who: SignedIn, address: string): Promise<CodeStage> {
    return this.stages.of({ purpose: PURPOSE, binding: bindingOf(who), address, captcha: 'not-needed' });
  }

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} phone.same, sms.*, sms-code.* */
  async prove(
    who: SignedIn,
    entity: EntityData,
    { phone, smsCode, deed }: NewContactForm,
    origin: Origin,
  ): Promise<'sent' | 'proved'> {
    if (entity.phone?.reveal() === phone.reveal()) throw new Refusal('phone.same', { field: 'phone' });
    const step = { purpose: PURPOSE, phone, binding: bindingOf(who), object: entity.name.reveal() } as const;
    const done = await this.steps.take({ ...step, smsCode, deed, main: 'contact-next', origin });
    if (done === 'proved') await this.keep(who, { phone, personProved: false });
    return done;
  }

  async of(who: SignedIn): Promise<NewContact | undefined> {
    const kept = await this.records.get<Kept>(KIND, placeOf(who));
    return kept && { phone: Phone.fromCanonical(kept.phone), personProved: kept.personProved ?? false };
  }

  async keep(who: SignedIn, { phone, personProved }: NewContact): Promise<void> {
    const kept: Kept = { phone: phone.reveal(), personProved };
    await this.records.put(KIND, placeOf(who), kept, LIFE_SECONDS);
  }

  async drop(who: SignedIn): Promise<void> {
    await this.records.drop(KIND, placeOf(who));
  }
}
