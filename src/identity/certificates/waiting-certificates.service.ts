import { Injectable } from '@nestjs/common';
import { CreditCode } from '../../shared/credit-code.js';
import { readCertificate } from '../../shared/pki/certificate.js';
import type { Chain } from '../../shared/pki/path.js';
import { Records } from '../../storage/records.js';
import type { ProvedCertificate } from './certificate-judge.service.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';

interface Kept {
  accountId: string;
  /** Base64 of DER, the leaf first. */
  chain: string[];
  authority: string;
  creditCode: string;
  amr: ProvedCertificate['amr'];
}

/** A certificate that has proved itself and waits for its account's word before it is bound. */
export interface WaitingCertificate {
  accountId: string;
  proved: ProvedCertificate;
}

const KIND = 'certificate-waiting';
const LIFE_SECONDS = 10 * 60;

/** Kept by the journey's `cid`, so that a replacement is signed for once. The newest one counts. */
@Injectable()
export class WaitingCertificates {
  constructor(
    private readonly records: Records,
    private readonly authorities: TrustedAuthorities,
  ) {}

  async keep(cid: string, accountId: string, { chain, authority, creditCode, amr }: ProvedCertificate): Promise<void> {
    const ders = chain.map(({ der }) => der.toString('base64'));
    const kept: Kept = { accountId, chain: ders, authority: authority.id, creditCode: creditCode.reveal(), amr };
    await this.records.put(KIND, cid, kept, LIFE_SECONDS);
  }

  /** @returns `undefined` when none waits, or its authority is trusted no longer */
  async of(cid: string): Promise<WaitingCertificate | undefined> {
    const kept = await this.records.get<Kept>(KIND, cid);
    return kept && this.opened(kept);
  }

  async drop(cid: string): Promise<void> {
    await this.records.drop(KIND, cid);
  }

  private opened(kept: Kept): WaitingCertificate | undefined {
    const authority = this.authorities.all().find(({ id }) => id === kept.authority);
    if (!authority) return undefined;
    const chain = kept.chain.map((der) => readCertificate(Buffer.from(der, 'base64'))) as unknown as Chain;
    const [certificate] = chain;
    const creditCode = CreditCode.fromCanonical(kept.creditCode);
    return { accountId: kept.accountId, proved: { certificate, chain, authority, creditCode, amr: kept.amr } };
  }
}
