import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Limits } from '../../identity/limits/limits.service.js';
import type { PersonRegistrationForm } from './person-registration.form.js';

/** A password typed at registration is hashed before anything is proved, so who sends many is counted (DESIGN 6). */
@Injectable()
export class RegistrationBudget {
  constructor(
    private readonly limits: Limits,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} limit.wait */
  async spend({ password }: PersonRegistrationForm, address: string): Promise<void> {
    if (password.reveal() === '') return;
    const { perAddressHour, serviceHour } = this.jurisdiction.limits.registration;
    await this.limits.count('registration', 'address', address, perAddressHour, 'hour');
    await this.limits.count('registration', 'service', '', serviceHour, 'hour');
  }
}
