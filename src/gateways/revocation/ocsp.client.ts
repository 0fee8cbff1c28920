import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { Records } from '../../storage/records.js';
import { OutboundFetch } from '../outbound.js';
import { ocspAnswer, ocspRequest } from './ocsp-message.js';
import type { OcspAnswer } from './ocsp-message.js';

const KIND = 'ocsp';
const LARGEST_BYTES = 64 * 1024;
const MONTH_SECONDS = 30 * 86_400;

interface Kept {
  state: 'good' | 'revoked';
  until: number;
}

/** Asks responders, and remembers what they said until it ends; the last good answer for a month, for the grace. */
@Injectable()
export class OcspClient {
  private readonly log = new Logger('OcspClient');

  constructor(
    private readonly records: Records,
    private readonly outbound: OutboundFetch,
    private readonly clock: Clock,
  ) {}

  /** @returns the newest answer there is, which may have ended; `undefined` when there never was one */
  async ask(certificate: Certificate, issuer: Certificate, urls: readonly string[]): Promise<OcspAnswer | undefined> {
    if (urls.length === 0) return undefined;
    const kept = await this.records.get<Kept>(KIND, certificate.thumbprint);
    if (kept && kept.until > this.clock.ms()) return { state: kept.state, until: new Date(kept.until) };
    const answer = await this.firstAnswer(certificate, issuer, urls);
    if (answer && answer.state !== 'unknown') {
      const value: Kept = { state: answer.state, until: answer.until.getTime() };
      await this.records.put(KIND, certificate.thumbprint, value, MONTH_SECONDS);
    }
    return answer ?? (kept && { state: kept.state, until: new Date(kept.until) });
  }

  /** Side by side: one that hangs does not hold up the others. */
  private async firstAnswer(certificate: Certificate, issuer: Certificate, urls: readonly string[]) {
    const asked = urls.map(async (url) => this.asked(url, certificate, issuer));
    return Promise.any(asked).catch((error: AggregateError) => {
      this.log.warn(error.errors.map((one: Error) => one.message).join('; '));
      return undefined;
    });
  }

  private async asked(url: string, certificate: Certificate, issuer: Certificate): Promise<OcspAnswer> {
    const nonce = randomBytes(16);
    const body = new Uint8Array(ocspRequest(certificate, issuer, nonce));
    const headers = { 'content-type': 'application/ocsp-request' };
    const answer = await this.outbound.fetch(url, { method: 'POST', headers, body }, { largestBytes: LARGEST_BYTES });
    if (answer.status !== 200) throw new Error(`${new URL(url).host} answered ${answer.status}`);
    const der = Buffer.from(await answer.arrayBuffer());
    return ocspAnswer(der, { certificate, issuer, nonce, now: this.clock.now() });
  }
}
