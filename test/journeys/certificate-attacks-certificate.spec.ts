import { generateKeyPairSync, sign } from 'node:crypto';
import { issue } from '../../src/sandbox/authorities/issuing.js';
import type { CertificateOrder } from '../../src/sandbox/authorities/issuing.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { Attacker, GROUPS, Stand, but, by, refusedFor } from '../support/attacks.js';
import type { Attack, Move } from '../support/attacks.js';
import { ALGORITHMS, TestCa, keyOf, pem, printable } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import { authorityEntry } from '../support/signing.js';

const DAY_MS = 86_400_000;
const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Attacked root')]));
const rootOf = (algorithm: KeyAlgorithm) => roots.get(algorithm) as TestCa;
const base64 = (der: Buffer) => der.toString('base64');

/** A certificate that no reader of ours takes, signed by its authority all the same. */
function unread(ca: TestCa, company: { name: string; creditCode: string }, wanted: Partial<CertificateOrder>): Move {
  const key = keyOf(ca.algorithm);
  const der = issue({
    subject: [
      ['O', company.name],
      ['OU', company.creditCode],
    ],
    spki: key.spki,
    issuer: { subject: ca.name, key: ca.key },
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    ...wanted,
  });
  return (page) => ({
    certificate: pem(der),
    signature: base64(key.sign(Buffer.from(page.value('challenge') ?? '', 'base64'))),
  });
}

/** These bytes in the place of the certificate. */
const bytes =
  (change: (der: Buffer) => Buffer): Attack[3] =>
  (ca, stand) => {
    const issued = stand.issues(ca);
    return but(by(issued), { certificate: base64(change(issued.der)) });
  };
const named =
  (text: string): Attack[3] =>
  (ca, stand) =>
    unread(ca, stand.company, {
      subject: [
        ['OU', stand.company.creditCode],
        ['CN', text],
      ],
    });

/** The same content under an indefinite length (BER). */
const indefinite = (der: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.alloc(2)]);
/** 10,000 sequences, one in the other: written from the innermost out. */
function nested(): Buffer {
  const heads: number[][] = [];
  for (let size = 2; heads.length < 10_000; size += (heads.at(-1) as number[]).length) {
    const length = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
    heads.push([0x30, ...(size < 128 ? [size] : length)]);
  }
  return Buffer.from([...heads.toReversed().flat(), 0x05, 0x00]);
}
const DEEP = nested();
const longName = '长'.repeat(5000);

const ATTACKS: readonly Attack[] = [
  [
    '5',
    'of one company, signed by another’s key',
    'signature.invalid',
    (ca, stand) => by(stand.issues(ca), { key: keyOf(ca.algorithm, 'other') }),
  ],
  [
    '6',
    'for encryption, the twin of the one that signs',
    'certificate.wrong-use',
    (ca, stand) => by(stand.issues(ca, { usage: ['keyEncipherment', 'dataEncipherment', 'keyAgreement'] })),
  ],
  [
    '7',
    'of an authority in the place of a company’s',
    'certificate.wrong-use',
    (ca, stand) => by(stand.issues(ca, { authority: {}, usage: ['digitalSignature', 'keyCertSign'] })),
  ],
  ['7', 'of the intermediate itself', 'certificate.wrong-use', (ca) => by(asIssued(ca.below('Middle')))],
  [
    '8',
    'for servers only',
    'certificate.wrong-use',
    (ca, stand) => by(stand.issues(ca, { purposes: ['1.3.6.1.5.5.7.3.1'] })),
  ],
  [
    '15',
    'with a critical extension that nobody knows',
    'certificate.unsupported',
    (ca, stand) => by(stand.issues(ca, { extensions: [['1.2.3.4.5', printable('?'), true]] })),
  ],
  ['16', 'of version 1', 'certificate.weak', (ca, stand) => by(stand.issues(ca, { version: 1 }))],
  ['16', 'for a key on P-192', 'certificate.weak', (ca, stand) => by(stand.issues(ca, { key: weakKey() }))],
  ['17', 'that has ended', 'certificate.expired', (ca, stand) => by(stand.issues(ca, { expired: true }))],
  [
    '17',
    'that begins the day after tomorrow',
    'certificate.not-yet-valid',
    (ca, stand) => by(stand.issues(ca, { notYet: true })),
  ],
  ['22', 'cut off', 'certificate.malformed', bytes((der) => der.subarray(0, -3))],
  ['22', 'with bytes behind its end', 'certificate.malformed', bytes((der) => Buffer.concat([der, Buffer.from([0])]))],
  ['22', 'with an indefinite length', 'certificate.malformed', bytes(indefinite)],
  ['22', '10,000 levels deep', 'certificate.malformed', bytes(() => DEEP)],
  ['22', 'a run of tag 0x1f', 'certificate.malformed', bytes(() => Buffer.alloc(4000, 0x1f))],
  ['22', 'with a name of 15 KB', 'certificate.malformed', named(longName)],
  [
    '22',
    'of 17 KB',
    'certificate.malformed',
    (ca, stand) => unread(ca, stand.company, { extensions: [['1.2.3', Buffer.alloc(17 * 1024, 5), false]] }),
  ],
  [
    '22',
    'that is text',
    'certificate.malformed',
    (ca, stand) => but(by(stand.issues(ca)), { certificate: '我的证书' }),
  ],
  ['22', 'that is missing', 'certificate.missing', (ca, stand) => but(by(stand.issues(ca)), { certificate: ' ' })],
  [
    '22',
    'that is a private key',
    'certificate.malformed',
    (ca, stand) =>
      but(by(stand.issues(ca)), { certificate: pem(stand.issues(ca).der).replaceAll('CERTIFICATE', 'PRIVATE KEY') }),
  ],
  [
    '27',
    'whose key is of another kind than its signature',
    'signature.invalid',
    (ca, stand) => by(stand.issues(ca), { key: keyOf(ca.algorithm === 'rsa' ? 'p256' : 'rsa') }),
  ],
  ['32', 'with NUL in the name', 'certificate.malformed', named('演示示例\u0000有限公司')],
  ['32', 'with a control character in the name', 'certificate.malformed', named('演示示例\u001b有限公司')],
  ['32', 'with a mark that turns the name around', 'certificate.malformed', named('演示示例\u202e有限公司')],
];

const EC = {
  p256: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
  sm2: Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'),
};

/** What only one kind of key can do wrong. */
const OWN: Partial<Record<KeyAlgorithm, readonly Attack[]>> = {
  rsa: [
    [
      '16',
      'of 1024 bits',
      'certificate.weak',
      (ca, stand) => by(stand.issues(ca, { key: keyOf('rsa', 'small', 1024) })),
    ],
    ['16', 'with an exponent of 3', 'certificate.weak', (ca, stand) => by(stand.issues(ca, { key: lowExponent() }))],
    ['16', 'signed with SHA-1', 'certificate.weak', (ca, stand) => by(stand.issues(ca, { signing: { hash: 'sha1' } }))],
    ['16', 'signed with MD5', 'certificate.weak', (ca, stand) => by(stand.issues(ca, { signing: { hash: 'md5' } }))],
  ],
  p256: [
    ['16', 'signed with SHA-1', 'certificate.weak', (ca, stand) => by(stand.issues(ca, { signing: { hash: 'sha1' } }))],
    [
      '27',
      'of a P-256 point under SM2’s name',
      'certificate.malformed',
      (ca, stand) => unread(ca, stand.company, { spki: Buffer.concat([EC.sm2, keyOf('p256').spki.subarray(-65)]) }),
    ],
    [
      '27',
      'of a point off the curve',
      'certificate.malformed',
      (ca, stand) => unread(ca, stand.company, { spki: offCurve('p256') }),
    ],
    [
      '27',
      'of a compressed point',
      'certificate.malformed',
      (ca, stand) => unread(ca, stand.company, { spki: compressed('p256') }),
    ],
  ],
  sm2: [
    [
      '27',
      'of an SM2 point under P-256’s name',
      'certificate.malformed',
      (ca, stand) => unread(ca, stand.company, { spki: Buffer.concat([EC.p256, keyOf('sm2').spki.subarray(-65)]) }),
    ],
    [
      '27',
      'of a point off the curve',
      'certificate.malformed',
      (ca, stand) => unread(ca, stand.company, { spki: offCurve('sm2') }),
    ],
    [
      '27',
      'of a compressed point',
      'certificate.malformed',
      (ca, stand) => unread(ca, stand.company, { spki: compressed('sm2') }),
    ],
  ],
};

function offCurve(kind: 'p256' | 'sm2'): Buffer {
  const point = Buffer.from(keyOf(kind).spki.subarray(-65));
  point[64] = (point[64] as number) ^ 1;
  return Buffer.concat([EC[kind], point]);
}

function compressed(kind: 'p256' | 'sm2'): Buffer {
  const head = Buffer.from(EC[kind]);
  [head[1], head[head.length - 2]] = [0x39, 0x22];
  return Buffer.concat([head, Buffer.from([2]), keyOf(kind).spki.subarray(-64, -32)]);
}

const asIssued = ({ der, certificate, key }: TestCa): Issued => ({ der, certificate, key });

function weakKey(): Issued['key'] {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime192v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { algorithm: 'p256', spki, exported: '', sign: (data) => sign('sha256', data, privateKey) };
}

function lowExponent(): Issued['key'] {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { algorithm: 'rsa', spki, exported: '', sign: (data) => sign('sha256', data, privateKey) };
}

describe('certificates that are none of a company’s (hubei, DOMAIN 7)', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await Stand.at(
      'hubei',
      [...roots.values()].map((root) => authorityEntry(root)),
    );
  });
  afterAll(async () => stand.close());

  describe.each(GROUPS)('at the %s, %s, in %s', (place, algorithm, language) => {
    let attacker: Attacker;
    beforeAll(() => {
      attacker = new Attacker(stand, place, language);
    });

    it.each([...ATTACKS, ...(OWN[algorithm] ?? [])])(
      'R-6.5 no. %s: one %s is refused',
      async (_no, _what, code, move) => {
        expect(await attacker.tries(move(rootOf(algorithm), stand))).toBe(refusedFor(code));
      },
    );
  });

  it('R-6.5 no. 22: five megabytes are not even read', async () => {
    const page = await stand.opens();
    const answer = await stand.sends(page, { certificate: 'A'.repeat(5 * 1024 * 1024), signature: 'AAAA' });
    expect([answer.status, answer.codes]).toEqual([413, ['form.too-large']]);
  });

  it.each(ALGORITHMS)('R-6.3 no. 17: %s, until 2055 (GeneralizedTime): logs in when it is bound', async (algorithm) => {
    const long = stand.issues(rootOf(algorithm), { notAfter: new Date('2055-01-01T00:00:00Z') });
    await stand.binds(long);
    expect(await stand.logsIn(long)).toBe('logged in');
  });

  it('the log holds no certificate, no code and no name', () => expect(stand.leaks()).toEqual([]));
});
