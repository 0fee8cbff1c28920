import { createHash, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { softKeyOf } from '../sandbox/authorities/soft-keys.js';
import type { KeyAlgorithm, SoftKey } from '../sandbox/authorities/soft-keys.js';
import { held } from './held-certificate.js';
import type { HeldCertificate, ListedCertificate } from './held-certificate.js';

export const MOST_TRIES = 5;

interface Kept {
  inserted: boolean;
  triesLeft: number;
  certificates: { algorithm: KeyAlgorithm; key: string; chain: string[] }[];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A stand-in for a USB key: soft keys in a file that only its owner reads, a PIN with counted tries, in or out. */
export class UsbKey {
  private kept: Kept = { inserted: true, triesLeft: MOST_TRIES, certificates: [] };
  private held: readonly HeldCertificate[];
  /** Nobody has used it before. */
  readonly isNew: boolean;

  /** @param more certificates that are not kept here */
  constructor(
    private readonly file: string,
    private readonly pin: string,
    more: readonly HeldCertificate[] = [],
  ) {
    this.isNew = !existsSync(file);
    if (!this.isNew) this.kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    const own = this.kept.certificates.map(({ algorithm, key, chain }) =>
      held(
        softKeyOf(algorithm, key),
        chain.map((der) => Buffer.from(der, 'base64')),
      ),
    );
    this.held = [...own, ...more];
  }

  get inserted(): boolean {
    return this.kept.inserted;
  }

  get triesLeft(): number {
    return this.kept.triesLeft;
  }

  certificates(): readonly ListedCertificate[] {
    return this.held.map(({ listed }) => listed);
  }

  find(thumbprint: unknown): HeldCertificate | undefined {
    return this.held.find(({ listed }) => listed.thumbprint === thumbprint);
  }

  put(inserted: boolean): void {
    this.keep({ inserted });
  }

  /** What an authority's counter does. */
  unlock(): void {
    this.keep({ triesLeft: MOST_TRIES });
  }

  add(key: SoftKey, chain: readonly Buffer[]): void {
    this.held = [held(key, chain), ...this.held];
    const added = { algorithm: key.algorithm, key: key.exported, chain: chain.map((der) => der.toString('base64')) };
    this.keep({ certificates: [added, ...this.kept.certificates] });
  }

  /** The try is counted before the PIN is looked at, and stays counted unless it was right. */
  opensWith(pin: string): boolean {
    if (this.kept.triesLeft <= 0) return false;
    this.keep({ triesLeft: this.kept.triesLeft - 1 });
    const right = timingSafeEqual(digest(pin), digest(this.pin));
    if (right) this.unlock();
    return right;
  }

  private keep(changed: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changed };
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.kept), { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, this.file);
  }
}
