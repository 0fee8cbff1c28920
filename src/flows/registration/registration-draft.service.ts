import { Injectable } from '@nestjs/common';
import { Password } from '../../identity/credentials/password.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { Phone } from '../../shared/phone.js';
import { SecretText } from '../../shared/secret-text.js';
import { Records } from '../../storage/records.js';
import type { PersonRegistrationForm } from './person-registration.form.js';

interface Kept {
  phone?: string;
  /** Hashed at once: a password is never kept as it was typed. */
  passwordHash?: string;
  ticked?: string;
}

/** What a registration has so far. */
export interface Draft {
  phone?: Phone;
  passwordHash?: SecretText;
  /** The version of the agreement that was ticked; accepted only with the account. */
  ticked?: string;
}

const KIND = 'registration';
const LIFE_SECONDS = 20 * 60;

/** A half-done registration, kept by the journey's `cid`: nothing is lost by a reload, a refusal, or the way back. */
@Injectable()
export class RegistrationDrafts {
  constructor(
    private readonly records: Records,
    private readonly passwords: Passwords,
  ) {}

  async of(cid: string): Promise<Draft> {
    const kept = (await this.records.get<Kept>(KIND, cid)) ?? {};
    return {
      phone: kept.phone === undefined ? undefined : Phone.fromCanonical(kept.phone),
      passwordHash: kept.passwordHash === undefined ? undefined : SecretText.of(kept.passwordHash),
      ticked: kept.ticked,
    };
  }

  /** Keeps the number, the tick, and the password if one was typed. @throws {Refusal} password.* */
  async keep(
    cid: string,
    { phone, password: typed, agreement, agreementVersion }: PersonRegistrationForm,
  ): Promise<Draft> {
    const draft = await this.of(cid);
    const passwordHash =
      typed.reveal() === '' && draft.passwordHash
        ? draft.passwordHash
        : await this.passwords.hash(Password.parse(typed.reveal(), phone));
    const next = { phone, passwordHash, ticked: agreement === 'yes' ? agreementVersion : undefined };
    await this.save(cid, next);
    return next;
  }

  async drop(cid: string): Promise<void> {
    await this.records.drop(KIND, cid);
  }

  private async save(cid: string, { phone, passwordHash, ticked }: Draft): Promise<void> {
    const kept: Kept = { phone: phone?.reveal(), passwordHash: passwordHash?.reveal(), ticked };
    await this.records.put(KIND, cid, kept, LIFE_SECONDS);
  }
}
