import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';
import { captchaPicture } from './captcha-picture.js';
import { ProofOfWork } from './proof-of-work.service.js';

/** No look-alikes: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
const ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';
const LENGTH = 4;
const KIND = 'captcha';

interface Captcha {
  text: string;
  /** The journey or session it was made for: another browser's answer does not count. */
  binding: string;
}

/** Picture codes: case-insensitive, single use, refreshed at will; a proof of work stands in for the answer. */
@Injectable()
export class Captchas {
  constructor(
    private readonly records: Records,
    private readonly work: ProofOfWork,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @param binding the interaction or session whose form it is for @returns its id */
  async issue(binding: string): Promise<string> {
    const id = randomBytes(16).toString('base64url');
    const text = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    await this.records.put(KIND, id, { text, binding } satisfies Captcha, this.seconds);
    return id;
  }

  /** The picture, or `undefined` when it has expired or been used. */
  async picture(id: string, large: boolean): Promise<Buffer | undefined> {
    const captcha = await this.records.get<Captcha>(KIND, id);
    return captcha && captchaPicture(captcha.text, large);
  }

  /** For the sandbox: what is in the picture. */
  async answer(id: string): Promise<string | undefined> {
    return (await this.records.get<Captcha>(KIND, id))?.text;
  }

  /**
   * Judges an answer; whatever it is, the picture is used up.
   * @param typed the characters, or `pow:` and a solved proof of work for this picture
   * @throws {Refusal} captcha.missing, .expired (unknown, used, old or another's), .wrong
   */
  async solve(id: string | undefined, typed: string | undefined, binding: string): Promise<void> {
    const text = (typed ?? '').normalize('NFKC').replace(/\s/g, '');
    if (!id || text === '') throw new Refusal('captcha.missing', { field: 'captcha' });
    const captcha = await this.records.take<Captcha>(KIND, id);
    if (!captcha || captcha.binding !== binding) throw new Refusal('captcha.expired', { field: 'captcha' });
    if (text.startsWith('pow:') && (await this.work.solved(id, text.slice(4)))) return;
    if (text.toUpperCase() !== captcha.text) throw new Refusal('captcha.wrong', { field: 'captcha' });
  }

  private get seconds(): number {
    return this.jurisdiction.lifetimes.captchaMinutes * 60;
  }
}
