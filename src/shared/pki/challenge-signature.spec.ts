import { verify } from 'node:crypto';
import * as fc from 'fast-check';
import { ALGORITHMS, TestCa, derOf, keyOf, pem } from '../../../test/support/ca.js';
import { cmsOf } from '../../../test/support/cms.js';
import { Refusal } from '../refusal.js';
import { readSignedChallenge } from './challenge-signature.js';
import { halvesOf } from './signatures.js';
import { SM2_ORDER, bigintOf, sm2Verify } from './sm2.js';

const CHALLENGE = Buffer.from('通行 统一用户帐号\n用途：登录\n一次性内容：0123456789abcdef\n');
const base64 = (bytes: Buffer) => bytes.toString('base64');

/** What comes of the two fields: `holds`, `does not hold`, or the refusal. */
function outcome(certificate: string, signature: string, challenge = CHALLENGE): string {
  try {
    return readSignedChallenge(certificate, signature).signs(challenge) ? 'holds' : 'does not hold';
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}

describe.each([...ALGORITHMS, 'p384' as const])('a signed challenge (%s, R-6.1, R-6.3)', (algorithm) => {
  const root = TestCa.root(algorithm);
  const issued = root.issues();
  const { der, key } = issued;
  const signature = key.sign(CHALLENGE);
  const other = root.issues({ key: keyOf(algorithm, 'other') });

  it('PEM or base64, alone or with its chain; the signature bare', () => {
    expect(outcome(pem(der), base64(signature))).toBe('holds');
    expect(outcome(pem(der).replaceAll('\n', '\r\n'), base64(signature))).toBe('holds');
    expect(outcome(`${pem(der)}${pem(root.der)}`, base64(signature))).toBe('holds');
    expect(outcome(base64(der), base64(signature))).toBe('holds');
    expect(outcome(`${base64(der)},${base64(root.der)}`, base64(signature))).toBe('holds');
  });

  it('two halves side by side hold as well, where there are two', () => {
    if (algorithm === 'rsa') return;
    const halves = halvesOf(signature, algorithm === 'p384' ? 48 : 32) as Buffer;
    expect(outcome(pem(der), base64(halves))).toBe('holds');
  });

  it('another text, another key, a byte changed: does not hold', () => {
    expect(outcome(pem(der), base64(signature), Buffer.from('another text'))).toBe('does not hold');
    expect(outcome(pem(other.der), base64(signature))).toBe('does not hold');
    const changed = Buffer.from(signature);
    changed[10] = (changed[10] as number) ^ 1;
    expect(outcome(pem(der), base64(changed))).toBe('does not hold');
    expect(outcome(pem(der), base64(signature.subarray(1)))).toBe('does not hold');
  });

  it.each([
    ['detached, with attributes', { attributes: true }],
    ['detached, without', {}],
    ['attached, with attributes', { attached: true, attributes: true }],
    ['attached, without', { attached: true }],
    ['in the national types', { national: true, attributes: true }],
  ])('signed data %s: holds, with the certificate inside or beside it', (_how, how) => {
    const inside = cmsOf({ content: CHALLENGE, signers: [issued], certificates: [der, root.der], ...how });
    expect(outcome('', base64(inside))).toBe('holds');
    const beside = cmsOf({ content: CHALLENGE, signers: [issued], ...how });
    expect(outcome(pem(der), base64(beside))).toBe('holds');
    expect(outcome('', base64(beside))).toBe('certificate.missing');
    expect(outcome(pem(other.der), base64(beside))).toBe('signature.invalid');
    expect(outcome('', base64(inside), Buffer.from('another text'))).toBe('does not hold');
  });

  it('signed data of two signers, of none, with a wrong digest or type, or trailing bytes', () => {
    const one = { content: CHALLENGE, certificates: [der], signers: [issued] };
    expect(outcome('', base64(cmsOf({ ...one, signers: [issued, issued] })))).toBe('signature.malformed');
    expect(outcome('', base64(cmsOf({ ...one, signers: [] })))).toBe('signature.malformed');
    const wrong = cmsOf({ ...one, attributes: true, saidDigest: Buffer.alloc(32, 1) });
    expect(outcome('', base64(wrong))).toBe('does not hold');
    const type = cmsOf({ ...one, attributes: true, saidType: '1.2.840.113549.1.7.3' });
    expect(outcome('', base64(type))).toBe('signature.malformed');
    const longer = Buffer.concat([cmsOf(one), Buffer.from([0])]);
    expect(outcome('', base64(longer))).toBe('signature.malformed');
    const elsewhere = cmsOf({ ...one, content: Buffer.from('another text'), attached: true });
    expect(outcome('', base64(elsewhere))).toBe('does not hold');
  });

  it('nothing, and what is none, is named', () => {
    expect(outcome(pem(der), '')).toBe('signature.missing');
    expect(outcome(pem(der), 'not base64!')).toBe('signature.malformed');
    expect(outcome('', base64(signature))).toBe('certificate.missing');
    expect(outcome('nothing', base64(signature))).toBe('certificate.malformed');
    expect(outcome(`${pem(der)}and more`, base64(signature))).toBe('certificate.malformed');
    expect(outcome(pem(der).replaceAll('CERTIFICATE', 'PRIVATE KEY'), base64(signature))).toBe('certificate.malformed');
    expect(outcome(Array.from({ length: 11 }, () => pem(der)).join(''), base64(signature))).toBe(
      'certificate.malformed',
    );
  });

  it('any text in either field gives a refusal or a no, never another error, and at once', () => {
    const begun = performance.now();
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), fc.uint8Array({ maxLength: 300 }), (text, bytes) => {
        expect(outcome(text, base64(Buffer.from(bytes)))).not.toBe('holds');
        expect(outcome(pem(der), base64(Buffer.from(bytes)))).not.toBe('holds');
        expect(outcome(pem(der), text)).not.toBe('holds');
      }),
      { numRuns: 40 },
    );
    expect((performance.now() - begun) / 120).toBeLessThan(100);
  });
});

describe('SM2', () => {
  /** GB/T 32918.5 A.2. */
  const point = Buffer.from(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    'hex',
  );
  const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
  const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
  const message = Buffer.from('message digest');

  it('verifies the example of the standard, and no other text', () => {
    expect(sm2Verify(point, message, Buffer.from(r + s, 'hex'))).toBe(true);
    expect(sm2Verify(point, Buffer.from('message digesT'), Buffer.from(r + s, 'hex'))).toBe(false);
  });

  it('refuses r or s of zero, of n and above, r + s = n, and s turned to n − s', () => {
    const hex = (value: bigint) => value.toString(16).padStart(64, '0');
    const [rn, sn] = [bigintOf(Buffer.from(r, 'hex')), bigintOf(Buffer.from(s, 'hex'))];
    for (const [one, two] of [
      [0n, sn],
      [rn, 0n],
      [SM2_ORDER, sn],
      [rn, SM2_ORDER],
      [rn, SM2_ORDER - rn],
      [rn, SM2_ORDER - sn],
    ] as const) {
      expect(sm2Verify(point, message, Buffer.from(hex(one) + hex(two), 'hex'))).toBe(false);
    }
  });

  it('a signature in another spelling of DER does not hold', () => {
    const issued = TestCa.root('sm2').issues();
    const halves = halvesOf(issued.key.sign(CHALLENGE), 32) as Buffer;
    const numbers = [halves.subarray(0, 32), halves.subarray(32)].map(bigintOf) as [bigint, bigint];
    expect(outcome(pem(issued.der), base64(derOf(...numbers)))).toBe('holds');
    expect(outcome(pem(issued.der), base64(derOf(...numbers, 1n)))).toBe('does not hold');
    expect(outcome(pem(issued.der), base64(Buffer.concat([derOf(...numbers), Buffer.from([0])])))).toBe(
      'does not hold',
    );
  });
});

describe('RSA by node-forge', () => {
  it('says the same as node:crypto of any signature, true or altered', () => {
    const { der, key, certificate } = TestCa.root('rsa').issues();
    const object = certificate.key.kind === 'rsa' ? certificate.key.object : undefined;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(255), fc.nat(255), (text, at, byte) => {
        const content = Buffer.from(text);
        const signature = key.sign(content);
        signature[at] = byte;
        const expected = verify('sha256', content, object as NonNullable<typeof object>, signature);
        expect(outcome(pem(der), base64(signature), content)).toBe(expected ? 'holds' : 'does not hold');
      }),
      { numRuns: 30 },
    );
  });

  it('holds with SHA-384, SHA-512 and PSS; not with SHA-1 or MD5', () => {
    const { der, key } = TestCa.root('rsa').issues();
    const by = (options: Parameters<typeof key.sign>[1]) => outcome(pem(der), base64(key.sign(CHALLENGE, options)));
    expect([by({ hash: 'sha384' }), by({ hash: 'sha512' }), by({ pss: true })]).toEqual(['holds', 'holds', 'holds']);
    expect([by({ hash: 'sha1' }), by({ hash: 'md5' })]).toEqual(['does not hold', 'does not hold']);
  });
});
