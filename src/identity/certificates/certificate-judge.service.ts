import { Injectable } from '@nestjs/common';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import type { IPolicy } from 'cockatiel';
import { Revocation } from '../../gateways/revocation/revocation.service.js';
import { Clock } from '../../shared/clock.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { creditCodeOf } from '../../shared/pki/certificate-code.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { readSignedChallenge } from '../../shared/pki/challenge-signature.js';
import { trustedChain } from '../../shared/pki/path.js';
import type { Chain } from '../../shared/pki/path.js';
import { Refusal, Unavailable } from '../../shared/refusal.js';
import { CertificateBindings } from './bindings.service.js';
import { CertificateChallenges } from './certificate-challenges.service.js';
import type { ChallengePlace } from './certificate-challenges.service.js';
import type { TrustedAuthority } from './authority-record.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';

/** The form's three fields as they came. */
export interface SignedForm {
  challenge: string;
  certificate: string;
  signature: string;
}

/** A certificate that is trusted, not revoked, and whose key has signed our challenge. */
export interface ProvedCertificate {
  certificate: Certificate;
  /** From it to the authority's anchor. */
  chain: Chain;
  authority: TrustedAuthority;
  creditCode: CreditCode;
  /** How the key is kept, after what the operator says of the authority (RFC 8176). */
  amr: 'hwk' | 'swk';
}

/** How many certificates of one authority are asked after at once, and how many more wait. */
const AT_ONCE = 16;
const WAITING = 32;

/** Judges what a certificate form brings, in one order, each step with its own refusal. */
@Injectable()
export class CertificateJudge {
  /** By authority: one whose lists do not answer holds up its own certificates and no others. */
  private readonly queues = new Map<string, IPolicy>();

  constructor(
    private readonly challenges: CertificateChallenges,
    private readonly authorities: TrustedAuthorities,
    private readonly revocation: Revocation,
    private readonly bindings: CertificateBindings,
    private readonly clock: Clock,
  ) {}

  /**
   * The challenge is spent whatever comes of it. What costs a call outside comes after the signature: who has not the key
   * makes us ask nobody.
   * @throws {Refusal} challenge.*, certificate.*, signature.* @throws {Unavailable} too many at once
   */
  async prove(place: ChallengePlace, form: SignedForm): Promise<ProvedCertificate> {
    const challenge = await this.challenges.take(place, form.challenge);
    const { leaf, offered, signs } = readSignedChallenge(form.certificate, form.signature);
    const chain = trustedChain(leaf, offered, this.authorities.store, this.clock.now());
    const authority = this.authorities.ownerOf(chain);
    if (!signs(challenge)) throw new Refusal('signature.invalid');
    await this.refuseRevoked(chain, authority);
    const creditCode = creditCodeOf(leaf, authority.codePlaces);
    return { certificate: leaf, chain, authority, creditCode, amr: authority.keys === 'hardware' ? 'hwk' : 'swk' };
  }

  private async refuseRevoked(chain: Chain, authority: TrustedAuthority): Promise<void> {
    const own = [...authority.anchors, ...authority.intermediates];
    const queue = this.queues.get(authority.id) ?? bulkhead(AT_ONCE, WAITING);
    this.queues.set(authority.id, queue);
    try {
      await queue.execute(async () => this.revocation.check({ chain, policy: authority.revocation, own }));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'certificate.revoked') await this.bindings.suspect(chain[0]);
      if (error instanceof BulkheadRejectedError) throw new Unavailable('certificate verification', 5, error);
      throw error;
    }
  }
}
