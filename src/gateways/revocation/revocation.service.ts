import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { shownName } from '../../shared/pki/certificate.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { crlAddresses, ocspAddresses } from '../../shared/pki/extensions.js';
import type { Chain } from '../../shared/pki/path.js';
import { Refusal } from '../../shared/refusal.js';
import { OcspClient } from './ocsp.client.js';
import { RevocationLists } from './revocation-lists.service.js';
import type { RevocationPolicy } from './revocation-policy.js';

/** A verified chain, and what its authority says about asking. */
export interface RevocationQuestion {
  chain: Chain;
  policy: RevocationPolicy;
  /** The authority's own certificates: who may sign its lists, and what the operator vouches for. */
  own: readonly Certificate[];
}

type Verdict = 'good' | 'revoked' | { goodUntil: Date } | 'unknown';

const HOUR_MS = 3_600_000;

/** Whether a certificate has been revoked: by full lists first, then by asking a responder. */
@Injectable()
export class Revocation {
  constructor(
    private readonly lists: RevocationLists,
    private readonly ocsp: OcspClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks after every certificate of the chain but the anchor, which the operator vouches for. Only a chain that has been
   * verified may come here: its addresses are followed.
   * @throws {Refusal} certificate.revoked (a hold is one), certificate.revocation-unknown
   */
  async check({ chain, policy, own }: RevocationQuestion): Promise<void> {
    const links = chain.slice(0, -1).map((one, at) => [one, chain[at + 1] as Certificate] as const);
    const verdicts = await Promise.all(
      links.map(async ([one, issuer]) => this.verdict(one, issuer, policy, [...own, ...chain])),
    );
    const values = { authority: shownName(chain[0].issuerParts) };
    if (verdicts.includes('revoked')) throw new Refusal('certificate.revoked', { values });
    const accepted = verdicts.every((verdict, at) => this.accepts(verdict, policy, at > 0 && own.includes(chain[at]!)));
    if (!accepted) throw new Refusal('certificate.revocation-unknown', { values });
  }

  private async verdict(
    one: Certificate,
    issuer: Certificate,
    policy: RevocationPolicy,
    issuers: readonly Certificate[],
  ): Promise<Verdict> {
    const now = this.clock.now();
    const listed = await this.lists.ask(one, issuer, policy.crl ?? crlAddresses(one), issuers);
    if (listed.state === 'revoked') return 'revoked';
    if (listed.state === 'good' && listed.until > now) return 'good';
    const said = await this.ocsp.ask(one, issuer, policy.ocsp ?? ocspAddresses(one));
    if (said?.state === 'revoked') return 'revoked';
    if (said?.state === 'good' && said.until > now) return 'good';
    const last = [listed.state === 'good' && listed.until, said?.state === 'good' && said.until].filter(
      (at) => at !== false,
    );
    const [newest] = last.flatMap((at) => at ?? []).toSorted((a, b) => b.getTime() - a.getTime());
    return newest ? { goodUntil: newest } : 'unknown';
  }

  /**
   * An intermediate of the operator's own file without an answer is taken on the operator's word. Nobody to ask at all,
   * by the operator's will, is no doubt; an answer that has ended is good for the grace.
   */
  private accepts(
    verdict: Verdict,
    { whenUnknown, graceHours = 0, crl, ocsp }: RevocationPolicy,
    vouched: boolean,
  ): boolean {
    if (verdict === 'good') return true;
    if (verdict === 'unknown') {
      const nobody = crl?.length === 0 && ocsp?.length === 0;
      return vouched || (nobody && whenUnknown === 'accept');
    }
    if (verdict === 'revoked') return false;
    return whenUnknown === 'accept' && verdict.goodUntil.getTime() + graceHours * HOUR_MS > this.clock.ms();
  }
}
