import { Injectable } from '@nestjs/common';
import { Revocation } from '../../gateways/revocation/revocation.service.js';
import { Clock } from '../../shared/clock.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { trustedChain } from '../../shared/pki/path.js';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';
import { BoundCertificates } from './bound-certificates.service.js';
import type { BindingOf } from './bound-certificates.service.js';
import type { BoundCertificateEntity } from './bound-certificate.entity.js';
import type { TrustedAuthority } from './authority-record.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So long a binding that was taken is nobody else's; a process that dies leaves it to the next one then. */
const LEASE_MS = 10 * 60_000;
const AT_ONCE = 4;

/** When one that did not pass is asked after again; it stays bound, and cannot log in while it does not pass. */
const AGAIN_AFTER_MS: Partial<Record<RefusalCode, number>> = {
  'certificate.revocation-unknown': HOUR_MS,
  'certificate.expired': 30 * DAY_MS,
};

/** Bound certificates, asked after again: once a day, sooner when nobody could say. */
@Injectable()
export class CertificateRechecks {
  constructor(
    private readonly bound: BoundCertificates,
    private readonly authorities: TrustedAuthorities,
    private readonly revocation: Revocation,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks after some whose time has come; of any number of processes, each asks after others.
   * @param unbind what follows for one that its authority has revoked
   * @returns how many there were: with as many as were wanted there may be more
   */
  async some(most: number, unbind: (binding: BindingOf) => Promise<unknown>): Promise<number> {
    const taken = await this.bound.takeDue(most, new Date(this.clock.ms() + LEASE_MS));
    const left = [...taken];
    const worker = async (): Promise<void> => {
      for (let row = left.shift(); row; row = left.shift()) if (await this.isRevoked(row)) await unbind(row);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return taken.length;
  }

  /** Judged as when it was bound, apart from the signature; and when it is asked after again is written down. */
  private async isRevoked(row: BoundCertificateEntity): Promise<boolean> {
    try {
      const authority = await this.judged(row);
      await this.bound.passed(row.id, authority.id, new Date(this.clock.ms() + DAY_MS));
      return false;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.code === 'certificate.revoked') return true;
      await this.bound.askAgain(row.id, new Date(this.clock.ms() + (AGAIN_AFTER_MS[refusal.code] ?? DAY_MS)));
      return false;
    }
  }

  private async judged(row: BoundCertificateEntity): Promise<TrustedAuthority> {
    const [leaf, ...offered] = (await this.bound.chainOf(row)) as [Certificate, ...Certificate[]];
    const chain = trustedChain(leaf, offered, this.authorities.store, this.clock.now());
    const authority = this.authorities.ownerOf(chain);
    const own = [...authority.anchors, ...authority.intermediates];
    await this.revocation.check({ chain, policy: authority.revocation, own });
    return authority;
  }
}
