import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import { Clock } from '../../shared/clock.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { ATTRIBUTES } from '../../shared/pki/certificate-code.js';
import { Database } from '../../storage/transactions.js';
import { DEFINITIONS, isFictional, issuersOf, makeAuthority, recordOf } from './fictional-authorities.js';
import type { FictionalId, KeptAuthority } from './fictional-authorities.js';
import { issue, newSerial, printable } from './issuing.js';
import type { CertificateOrder, NameText } from './issuing.js';
import { revocationList } from './revocation-lists.js';

const FILE = 'demo-authorities-1.json';
const IDS = Object.keys(DEFINITIONS) as FictionalId[];
const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;

/**
 * The four fictional authorities of a demonstration: made at its first start, kept beside its other secrets, trusted
 * where no AUTHORITIES_FILE says otherwise. What they revoke is kept in the process's memory.
 */
@Injectable()
export class DemoAuthorities implements OnApplicationBootstrap {
  private kept?: Record<FictionalId, KeptAuthority>;
  private readonly revoked = new Map<FictionalId, { serial: Buffer; at: Date; reason?: number }[]>();

  constructor(
    private readonly authorities: TrustedAuthorities,
    private readonly db: Database,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
    private readonly clock: Clock,
  ) {}

  /** An authority of an earlier start that is none of this one's is trusted no longer. */
  async onApplicationBootstrap(): Promise<void> {
    const records = this.ids().map((id) => recordOf(id, this.all()[id], this.env.issuer));
    await this.authorities.apply(this.authorities.check(records));
    await this.authorities.refresh();
    const ids = records.map(({ id }) => id);
    const gone = this.authorities.all().filter(({ id }) => isFictional(id) && !ids.includes(id));
    if (gone.length === 0) return;
    await this.db.transaction(async (tx) => {
      for (const { id } of gone) await this.authorities.disable(tx, id);
    });
    await this.authorities.refresh();
  }

  /** Those that are trusted here. */
  ids(): readonly FictionalId[] {
    return this.env.authoritiesFile ? [] : this.jurisdiction.demoAuthorities;
  }

  /**
   * Issues an enterprise's signing certificate. @param spki whose key it certifies
   * @returns DER, the issuing certificate behind it where the root does not issue itself
   */
  issue(id: FictionalId, enterprise: { name: string; code: CreditCode }, spki: Buffer): Buffer[] {
    const { root, issuer } = issuersOf(id, this.all()[id]);
    const now = this.clock.now();
    const certificate = issue({
      ...writtenBy(id, enterprise),
      serial: newSerial(),
      spki,
      issuer,
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + YEAR_MS),
    });
    return issuer === root ? [certificate] : [certificate, issuer.der];
  }

  /** @param reason RFC 5280 §5.3.1; 6 is a hold */
  revoke(id: FictionalId, serial: Buffer, reason?: number): void {
    this.revoked.set(id, [...(this.revoked.get(id) ?? []), { serial, at: this.clock.now(), reason }]);
  }

  /** A list of what the root or the intermediate has revoked, signed now and valid for a day. */
  list(id: FictionalId, which: 'root' | 'issuer'): Buffer {
    const { root, issuer } = issuersOf(id, this.all()[id]);
    const signer = which === 'root' ? root : issuer;
    const now = this.clock.now();
    return revocationList({
      issuer: signer,
      thisUpdate: new Date(now.getTime() - 60_000),
      nextUpdate: new Date(now.getTime() + DAY_MS),
      number: Math.floor(now.getTime() / 1000),
      revoked: signer === issuer ? (this.revoked.get(id) ?? []) : [],
    });
  }

  private all(): Record<FictionalId, KeptAuthority> {
    this.kept ??= this.read() ?? this.make();
    return this.kept;
  }

  private read(): Record<FictionalId, KeptAuthority> | undefined {
    const file = join(this.env.dataDir, FILE);
    return existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Record<FictionalId, KeptAuthority>)
      : undefined;
  }

  /** Of two processes that make them at once, the first one's are used: the file appears whole or not at all. */
  private make(): Record<FictionalId, KeptAuthority> {
    const made = Object.fromEntries(IDS.map((id) => [id, makeAuthority(id, this.clock.now())]));
    const file = join(this.env.dataDir, FILE);
    const draft = `${file}.${process.pid}`;
    mkdirSync(this.env.dataDir, { recursive: true });
    writeFileSync(draft, JSON.stringify(made), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    } finally {
      rmSync(draft, { force: true });
    }
    return this.read() as Record<FictionalId, KeptAuthority>;
  }
}

/** Where this authority writes name and credit code. */
function writtenBy(
  id: FictionalId,
  { name, code }: { name: string; code: CreditCode },
): Pick<CertificateOrder, 'subject' | 'extensions'> {
  const { codePlace } = DEFINITIONS[id];
  const subject: NameText = [
    ['C', 'CN'],
    ['O', name],
  ];
  if ('extension' in codePlace) {
    const written = [codePlace.extension, printable(code.reveal()), false] as const;
    return { subject: [...subject, ['CN', name]], extensions: [written] };
  }
  const attribute = Object.keys(ATTRIBUTES).find((one) => one === codePlace.attribute) ?? codePlace.attribute;
  return { subject: [...subject, [attribute, code.reveal()], ['CN', name]] };
}
