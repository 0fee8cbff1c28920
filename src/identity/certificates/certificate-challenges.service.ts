import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { base64Bytes } from '../../shared/pki/intake.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';
import { challengeText, nonceIn } from './challenge-text.js';
import type { ChallengePurpose } from './challenge-text.js';

/** Whose a challenge is: the browser's interaction or session, and what for. */
export interface ChallengePlace {
  purpose: ChallengePurpose;
  /** The interaction's `cid` or the session's `uid`: a post from another browser finds nothing, and spends nothing. */
  binding: string;
}

const LIFE_SECONDS = 3 * 60;
/** So long we still know that it was there, to say which of the three it is: used, expired, or never this page's. */
const REMEMBERED_SECONDS = 30 * 60;
const KIND = 'challenge';
const USED = 'challenge-used';

interface Kept {
  text: string;
  until: number;
}

/** Challenges to be signed by a certificate's key: short-lived, bound to a browser and a purpose, taken once. */
@Injectable()
export class CertificateChallenges {
  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @param entity the legal entity's name, once it is known @returns base64 of the exact bytes to sign */
  async issue({ purpose, binding }: ChallengePlace, entity?: string): Promise<string> {
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + LIFE_SECONDS * 1000);
    const nonce = randomBytes(16).toString('hex');
    const portal = this.jurisdiction.portalName['zh-CN'];
    const text = challengeText({ portal, issuer: this.env.issuer, purpose, entity, nonce, issuedAt, expiresAt });
    const kept: Kept = { text, until: expiresAt.getTime() };
    await this.records.put(KIND, this.place({ purpose, binding }, nonce), kept, REMEMBERED_SECONDS);
    return Buffer.from(text).toString('base64');
  }

  /**
   * Takes our own copy, once, whether or not the answer to it is right.
   * @param sent the hidden field as it came back @returns the bytes that must have been signed
   * @throws {Refusal} challenge.missing, .not-yours, .used, .expired
   */
  async take(place: ChallengePlace, sent: string): Promise<Buffer> {
    if (sent.trim() === '') throw new Refusal('challenge.missing');
    const nonce = nonceIn(base64Bytes(sent)?.toString() ?? '');
    if (!nonce) throw new Refusal('challenge.not-yours');
    const id = this.place(place, nonce);
    const kept = await this.records.take<Kept>(KIND, id);
    if (!kept) throw new Refusal((await this.records.get(USED, id)) ? 'challenge.used' : 'challenge.not-yours');
    await this.records.put(USED, id, {}, REMEMBERED_SECONDS);
    if (kept.until <= this.clock.ms()) throw new Refusal('challenge.expired');
    return Buffer.from(kept.text);
  }

  private place({ purpose, binding }: ChallengePlace, nonce: string): string {
    return `${purpose}|${binding}|${nonce}`;
  }
}
