import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';
import { Limits } from '../limits/limits.service.js';
import { CertificateJudge } from './certificate-judge.service.js';
import type { ProvedCertificate, SignedForm } from './certificate-judge.service.js';
import type { ChallengePlace } from './certificate-challenges.service.js';

const JUDGED = 'certificate.judged';
const REFUSED = 'certificate.refused';

/**
 * What pages that are reached without a proof ask: as the judge, and counted. Nothing here can be guessed, but judging costs
 * computing and calls outside (DESIGN 6); of those tries only what is refused counts against an address.
 */
@Injectable()
export class CertificateProofs {
  private readonly table: Jurisdiction['limits']['certificate'];

  constructor(
    private readonly judge: CertificateJudge,
    private readonly limits: Limits,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.certificate;
  }

  /** @throws {Refusal} limit.wait, and as `CertificateJudge.prove` @throws {Unavailable} too many at once */
  async prove(place: ChallengePlace, form: SignedForm, address: string): Promise<ProvedCertificate> {
    const { refusedPerAddressHour: most, serviceHour } = this.table;
    await this.limits.count(JUDGED, 'service', '', serviceHour, 'hour');
    if ((await this.limits.seen(REFUSED, 'address', address, 'hour')) >= most) await this.refused(address, most);
    try {
      return await this.judge.prove(place, form);
    } catch (refusal) {
      if (refusal instanceof Refusal) await this.refused(address, Number.MAX_SAFE_INTEGER);
      throw refusal;
    }
  }

  private async refused(address: string, most: number): Promise<void> {
    await this.limits.count(REFUSED, 'address', address, most, 'hour');
  }
}
