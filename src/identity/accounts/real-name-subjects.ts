import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { BlindIndex } from '../../storage/blind-index.js';

/** Who and what a verification is counted under, and what its refusals say. */
@Injectable()
export class RealNameSubjects {
  readonly table: Jurisdiction['limits']['verification'];
  readonly hotline: string;

  constructor(
    private readonly blind: BlindIndex,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.verification;
    this.hotline = jurisdiction.hotline.number;
  }

  /** Account, name and ID number: five mismatches a day each (issue: bad input). */
  subjects(accountId: string, name: PersonName, idNumber: ResidentId): string[] {
    return [
      `account-${accountId}`,
      `name-${this.blind.text('name', name.reveal())}`,
      `number-${this.blind.text('resident-id', idNumber.reveal())}`,
    ];
  }

  withHotline(error: unknown): unknown {
    if (!(error instanceof Refusal) || error.code !== 'verification.id-taken') return error;
    return new Refusal(error.code, { values: { hotline: this.hotline } });
  }
}
