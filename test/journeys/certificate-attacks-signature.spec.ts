import { createHash } from 'node:crypto';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { halvesOf } from '../../src/shared/pki/signatures.js';
import { SM2, SM2_ORDER, bigintOf } from '../../src/shared/pki/sm2.js';
import { Attacker, GROUPS, Stand, but, by, refusedFor } from '../support/attacks.js';
import type { Attack, Move } from '../support/attacks.js';
import { ALGORITHMS, TestCa, derOf, keyOf, pem } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import { authorityEntry } from '../support/signing.js';
import { cmsOf } from '../support/cms.js';
import type { CmsWanted } from '../support/cms.js';

const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Signing root')]));
const rootOf = (algorithm: KeyAlgorithm) => roots.get(algorithm) as TestCa;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const ORDERS: Partial<Record<KeyAlgorithm, bigint>> = { p256: P256_ORDER, sm2: SM2_ORDER };
const base64 = (bytes: Buffer) => bytes.toString('base64');
const textOf = (challenge = '') => Buffer.from(challenge, 'base64');

/** Signed data in the place of the signature. @param other what is not as it should be */
const cms =
  (
    other: (issued: Issued, text: Buffer) => Partial<CmsWanted> & { bytes?: (der: Buffer) => Buffer; beside?: boolean },
  ): Attack[3] =>
  (ca, stand) => {
    const issued = stand.issues(ca);
    return (page) => {
      const text = textOf(page.value('challenge'));
      const { bytes = (der: Buffer) => der, beside, ...wanted } = other(issued, text);
      const der = cmsOf({ content: text, signers: [issued], certificates: beside ? [] : [issued.der], ...wanted });
      return { certificate: beside ? pem(issued.der) : '', signature: base64(bytes(der)) };
    };
  };

/** The right signature's r and s, turned into something else. */
const halves =
  (change: (r: bigint, s: bigint, order: bigint) => Buffer): Attack[3] =>
  (ca, stand) => {
    return turned(stand.issues(ca), change, ORDERS[ca.algorithm] as bigint);
  };

function turned(issued: Issued, change: (r: bigint, s: bigint, order: bigint) => Buffer, order: bigint): Move {
  return (page) => {
    const both = halvesOf(issued.key.sign(textOf(page.value('challenge'))), 32) as Buffer;
    const [r, s] = [bigintOf(both.subarray(0, 32)), bigintOf(both.subarray(32))];
    return { certificate: pem(issued.der), signature: base64(change(r, s, order)) };
  };
}

/** A value in DER with one byte too many in front, under a length of two bytes, with something behind. */
const LAX: Record<string, (der: Buffer) => Buffer> = {
  'with bytes behind': (der) => Buffer.concat([der, Buffer.from([0])]),
  'under a long length': (der) => Buffer.concat([Buffer.from([0x30, 0x81]), der.subarray(1)]),
  'with a needless zero': (der) => {
    const length = der[3] as number;
    const head = Buffer.from([0x30, (der[1] as number) + 1, 0x02, length + 1, 0]);
    return Buffer.concat([head, der.subarray(4)]);
  },
  'under an indefinite length': (der) => Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(2), Buffer.alloc(2)]),
};

/** SM2 under an identifier of the signer's own choice (GB/T 32918.2 §5.5). */
function sm2Under(identifier: string, key: Issued['key'], message: Buffer): Buffer {
  const point = key.spki.subarray(-65);
  const fixed = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
  const sm3 = (...parts: Uint8Array[]) => createHash('sm3').update(Buffer.concat(parts)).digest();
  const { a, b, Gx, Gy } = SM2.CURVE() as unknown as Record<string, bigint>;
  const id = Buffer.from(identifier);
  const bits = Buffer.from([(id.length * 8) >> 8, (id.length * 8) & 255]);
  const curve = [a, b, Gx, Gy].map((one) => fixed(one as bigint));
  const e = bigintOf(sm3(sm3(bits, id, ...curve, point.subarray(1)), message));
  const [secret, k] = [BigInt(`0x${key.exported}`), 0x1234567890abcdefn];
  const r = mod(e + SM2.BASE.multiply(k).toAffine().x, SM2_ORDER);
  return derOf(r, mod(invert(1n + secret, SM2_ORDER) * (k - r * secret), SM2_ORDER));
}

const under =
  (identifier: string): Attack[3] =>
  (ca, stand) => {
    const issued = stand.issues(ca);
    return (page) => ({
      certificate: pem(issued.der),
      signature: base64(sm2Under(identifier, issued.key, textOf(page.value('challenge')))),
    });
  };

const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const elsewhere = Buffer.from('another text');

const ATTACKS: readonly Attack[] = [
  ['4', 'over another text', 'signature.invalid', (ca, stand) => by(stand.issues(ca), { text: elsewhere })],
  [
    '4',
    'over the text in base64',
    'signature.invalid',
    (ca, stand) => {
      const issued = stand.issues(ca);
      return (page) => by(issued, { text: Buffer.from(page.value('challenge') ?? '') })(page);
    },
  ],
  ['25', 'that is missing', 'signature.missing', (ca, stand) => but(by(stand.issues(ca)), { signature: '' })],
  ['25', 'that is no base64', 'signature.malformed', (ca, stand) => but(by(stand.issues(ca)), { signature: '签名!' })],
  ['25', 'of one byte', 'signature.invalid', (ca, stand) => but(by(stand.issues(ca)), { signature: 'AA==' })],
  [
    '25',
    'of nothing but zeros',
    'signature.invalid',
    (ca, stand) => but(by(stand.issues(ca)), { signature: base64(Buffer.alloc(ca.algorithm === 'rsa' ? 256 : 64)) }),
  ],
  ['23', 'of two signers', 'signature.malformed', cms((issued) => ({ signers: [issued, issued] }))],
  ['23', 'of no signer', 'signature.malformed', cms(() => ({ signers: [] }))],
  ['23', 'around another text', 'signature.invalid', cms(() => ({ content: elsewhere, attached: true }))],
  [
    '23',
    'around another text, with attributes',
    'signature.invalid',
    cms(() => ({ content: elsewhere, attached: true, attributes: true })),
  ],
  ['23', 'around our text, over another', 'signature.invalid', cms(() => ({ content: elsewhere, attributes: true }))],
  [
    '23',
    'with a wrong digest',
    'signature.invalid',
    cms(() => ({ attributes: true, saidDigest: Buffer.alloc(32, 1) })),
  ],
  [
    '23',
    'with another content type',
    'signature.malformed',
    cms(() => ({ attributes: true, saidType: '1.2.840.113549.1.7.3' })),
  ],
  [
    '23',
    'with attributes but no digest',
    'signature.malformed',
    cms(() => ({ attributes: true, without: [MESSAGE_DIGEST] })),
  ],
  [
    '23',
    'with attributes but no content type',
    'signature.malformed',
    cms(() => ({ attributes: true, without: [CONTENT_TYPE] })),
  ],
  ['23', 'whose certificate came along nowhere', 'certificate.missing', cms(() => ({ certificates: [] }))],
  [
    '23',
    'by another than the certificate beside it',
    'signature.invalid',
    (ca, stand) => {
      const [issued, other] = [stand.issues(ca), stand.issues(ca, { key: keyOf(ca.algorithm, 'other') })];
      return (page) => ({
        certificate: pem(other.der),
        signature: base64(cmsOf({ content: textOf(page.value('challenge')), signers: [issued] })),
      });
    },
  ],
  [
    '23',
    'with bytes behind the message',
    'signature.malformed',
    cms(() => ({ bytes: (der) => Buffer.concat([der, Buffer.from([0])]) })),
  ],
  [
    '23',
    'in a message that is cut off',
    'signature.invalid',
    cms(() => ({ beside: true, bytes: (der) => Buffer.concat([der.subarray(0, 4), der.subarray(4, -9)]) })),
  ],
];

const EDGES: readonly Attack[] = [
  ['25', 'with r = 0', 'signature.invalid', halves((_r, s) => derOf(0n, s))],
  ['25', 'with s = 0', 'signature.invalid', halves((r) => derOf(r, 0n))],
  ['25', 'with r = n', 'signature.invalid', halves((_r, s, n) => derOf(n, s))],
  ['25', 'with s = n', 'signature.invalid', halves((r, _s, n) => derOf(r, n))],
  ['25', 'with r beyond n', 'signature.invalid', halves((r, s, n) => derOf(r + n, s))],
  ['25', 'with r + s = n', 'signature.invalid', halves((r, _s, n) => derOf(r, n - r))],
  ['25', 'of three numbers', 'signature.invalid', halves((r, s) => derOf(r, s, 1n))],
  ...Object.entries(LAX).map(([what, change]): Attack => [
    '25',
    what,
    'signature.invalid',
    halves((r, s) => change(derOf(r, s))),
  ]),
];

const OWN: Partial<Record<KeyAlgorithm, readonly Attack[]>> = {
  rsa: [
    ['16', 'with SHA-1', 'signature.invalid', (ca, stand) => hashed(stand.issues(ca), 'sha1')],
    ['16', 'with MD5', 'signature.invalid', (ca, stand) => hashed(stand.issues(ca), 'md5')],
  ],
  p256: [...EDGES, ['16', 'with SHA-1', 'signature.invalid', (ca, stand) => hashed(stand.issues(ca), 'sha1')]],
  sm2: [
    ...EDGES,
    ['24', 'under an identifier of its own', 'signature.invalid', under('ALICE123@YAHOO.COM')],
    ['24', 'under the empty identifier', 'signature.invalid', under('')],
    ['26', 'with s turned to n − s', 'signature.invalid', halves((r, s, n) => derOf(r, n - s))],
  ],
};

const hashed =
  (issued: Issued, hash: 'sha1' | 'md5'): Move =>
  (page) => ({
    certificate: pem(issued.der),
    signature: base64(issued.key.sign(textOf(page.value('challenge')), { hash })),
  });

describe('signatures that prove nothing (hebei, DOMAIN 7)', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await Stand.at(
      'hebei',
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

  describe.each(ALGORITHMS)('R-6.3 what logs in when it is bound, %s', (algorithm) => {
    let issued: Issued;
    beforeAll(async () => {
      issued = stand.issues(rootOf(algorithm));
      await stand.binds(issued);
    });
    const opened = async (move: Move): Promise<string> => {
      const page = await stand.opens();
      const done = await stand.sends(page, await move(page));
      stand.site.logins.splice(0);
      return done.title === 'logged in' ? done.title : stand.outcome(page, done);
    };

    it.each([
      ['a message around the text', { attached: true, attributes: true }],
      ['a detached message in the national types', { national: true, attributes: true }],
      ['a message without attributes', {}],
    ])('no. 23: %s, with more certificates that sign nothing', async (_what, how) => {
      const more = [issued.der, rootOf(algorithm).der, TestCa.root('p256', 'Nobody').der];
      const move: Move = (page) => ({
        signature: base64(
          cmsOf({ content: textOf(page.value('challenge')), signers: [issued], certificates: more, ...how }),
        ),
      });
      expect(await opened(move)).toBe('logged in');
    });

    it('no. 26: r and s side by side; of ECDSA n − s as well, which is the same signature, and nothing is keyed by it', async () => {
      const order = ORDERS[algorithm];
      if (!order) return expect(await opened(by(issued))).toBe('logged in');
      const plain = (r: bigint, s: bigint) =>
        Buffer.from([r, s].map((one) => one.toString(16).padStart(64, '0')).join(''), 'hex');
      expect(await opened(turned(issued, plain, order))).toBe('logged in');
      const mirrored = turned(issued, (r, s, n) => derOf(r, n - s), order);
      expect(await opened(mirrored)).toBe(algorithm === 'p256' ? 'logged in' : refusedFor('signature.invalid'));
    });
  });

  it('no. 24: the test’s own SM2 signs rightly under the usual identifier', async () => {
    const issued = stand.issues(rootOf('sm2'));
    await stand.binds(issued);
    const page = await stand.opens();
    const signature = base64(sm2Under('1234567812345678', issued.key, textOf(page.value('challenge'))));
    expect((await stand.sends(page, { certificate: pem(issued.der), signature })).title).toBe('logged in');
  });

  it('the log holds no certificate, no code and no name', () => expect(stand.leaks()).toEqual([]));
});
