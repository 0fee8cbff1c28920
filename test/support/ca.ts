import { issue } from '../../src/sandbox/authorities/issuing.js';
export { revocationList } from '../../src/sandbox/authorities/revocation-lists.js';
export type { ListOrder } from '../../src/sandbox/authorities/revocation-lists.js';
export { pem, printable } from '../../src/sandbox/authorities/issuing.js';
import type { CertificateOrder, NameText } from '../../src/sandbox/authorities/issuing.js';
export { derOf, softKeyOf } from '../../src/sandbox/authorities/soft-keys.js';
import { newSoftKey } from '../../src/sandbox/authorities/soft-keys.js';
import type { KeyAlgorithm, SoftKey } from '../../src/sandbox/authorities/soft-keys.js';
import { readCertificate } from '../../src/shared/pki/certificate.js';
import type { Certificate } from '../../src/shared/pki/certificate.js';

export const ALGORITHMS: readonly KeyAlgorithm[] = ['rsa', 'p256', 'sm2'];

const DAY_MS = 86_400_000;
/** Fictional, computed (DOMAIN 2). */
export const CODE = '91420100MA4KABC11X';
export const OTHER_CODE = '92420106MA4L00X2XF';

/** RSA keys take long to make: each is made once a process. */
const keys = new Map<string, SoftKey>();
export function keyOf(algorithm: KeyAlgorithm, name = 'leaf', bits = 2048): SoftKey {
  const id = `${algorithm}|${name}|${bits}`;
  const key = keys.get(id) ?? newSoftKey(algorithm, bits);
  keys.set(id, key);
  return key;
}

export type Wanted = Partial<Omit<CertificateOrder, 'issuer' | 'spki'>> & {
  code?: string;
  key?: SoftKey;
  expired?: boolean;
  notYet?: boolean;
};

/** A certificate with the key that belongs to it. */
export interface Issued {
  der: Buffer;
  certificate: Certificate;
  key: SoftKey;
}

/** An authority of the tests: fictional, with its key in the process. */
export class TestCa {
  private constructor(
    readonly name: NameText,
    readonly algorithm: KeyAlgorithm,
    readonly key: SoftKey,
    readonly der: Buffer,
    readonly now: Date,
  ) {}

  /** A root of its own. */
  static root(algorithm: KeyAlgorithm, label = 'Test root', now = new Date(), wanted: Wanted = {}): TestCa {
    const key = wanted.key ?? keyOf(algorithm, label);
    const name: NameText = [
      ['C', 'CN'],
      ['O', label],
      ['CN', `${label} ${algorithm}`],
    ];
    const der = issue({
      notBefore: new Date(now.getTime() - 100 * DAY_MS),
      notAfter: new Date(now.getTime() + 3650 * DAY_MS),
      authority: {},
      ...wanted,
      subject: name,
      issuer: { subject: name, key },
      spki: key.spki,
    });
    return new TestCa(name, algorithm, key, der, now);
  }

  get certificate(): Certificate {
    return readCertificate(this.der);
  }

  /** An authority below this one. */
  below(label: string, wanted: Wanted = {}): TestCa {
    const key = wanted.key ?? keyOf(this.algorithm, label);
    const name: NameText = wanted.subject ?? [
      ['C', 'CN'],
      ['O', label],
      ['CN', `${label} ${this.algorithm}`],
    ];
    const der = this.issues({
      authority: {},
      ...wanted,
      subject: name,
      key,
      usage: wanted.usage ?? ['keyCertSign', 'cRLSign'],
    }).der;
    return new TestCa(name, this.algorithm, key, der, this.now);
  }

  /** An enterprise's signing certificate, unless something else is wanted of it. */
  issues({ code = CODE, key = keyOf(this.algorithm), expired, notYet, ...wanted }: Wanted = {}): Issued {
    const from = notYet ? 2 : -30;
    const until = expired ? -1 : 300;
    const der = issue({
      subject: [
        ['C', 'CN'],
        ['O', '武汉示例科技有限公司'],
        ['OU', code],
        ['CN', '武汉示例科技有限公司'],
      ],
      notBefore: new Date(this.now.getTime() + from * DAY_MS),
      notAfter: new Date(this.now.getTime() + until * DAY_MS),
      ...wanted,
      issuer: { subject: this.name, key: this.key },
      spki: key.spki,
    });
    return { der, certificate: readCertificate(der), key };
  }
}
