import { Injectable } from '@nestjs/common';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import { daysLeft, stateOf } from '../../identity/certificates/binding-state.js';
import type { BindingState } from '../../identity/certificates/binding-state.js';
import type { Language } from '../../locales/texts.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Clock } from '../../shared/clock.js';

/** A bound certificate as a page shows it. */
export interface CertificateLine {
  id: string;
  holder: string;
  authority: string;
  /** The last four of the serial number. */
  serialEnd: string;
  notAfter: Date;
  boundAt: Date;
  state: BindingState;
  daysLeft: number;
}

/** The account's certificates, as its pages show them. */
@Injectable()
export class CertificateList {
  constructor(
    private readonly bindings: CertificateBindings,
    private readonly clock: Clock,
  ) {}

  /** The oldest binding first. @param id one of them, all unless given */
  async of({ accountId }: Pick<SignedIn, 'accountId'>, language: Language, id?: string): Promise<CertificateLine[]> {
    const now = this.clock.now();
    const bound = (await this.bindings.list(accountId)).filter((one) => id === undefined || one.id === id);
    return bound.map((one) => ({
      id: one.id,
      holder: one.holder,
      authority: one.authorityName[language],
      serialEnd: one.serial.slice(-4).toUpperCase(),
      notAfter: one.notAfter,
      boundAt: one.boundAt,
      state: stateOf(one, now),
      daysLeft: daysLeft(one, now),
    }));
  }
}
