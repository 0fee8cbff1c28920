import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { children, content, readTlv, whole } from './der.js';
import { sm2Point } from './sm2.js';

export type KeyKind = 'rsa' | 'p256' | 'p384' | 'sm2';

/** A public key we can verify with. `point` of SM2 is uncompressed, 65 bytes. */
export type PublicKey =
  | { kind: 'rsa'; object: KeyObject; spki: Buffer; bits: number; exponent: bigint }
  | { kind: 'p256' | 'p384'; object: KeyObject; spki: Buffer }
  | { kind: 'sm2'; point: Buffer; spki: Buffer }
  /** Well-formed, and none of ours. */
  | { kind: 'other'; spki: Buffer };

const RSA = ['06092a864886f70d010101', '06092a864886f70d01010a'];
const EC = '06072a8648ce3d0201';
const CURVES: Record<string, { kind: 'p256' | 'p384' | 'sm2'; bytes: number }> = {
  '06082a8648ce3d030107': { kind: 'p256', bytes: 65 },
  '06052b81040022': { kind: 'p384', bytes: 97 },
  '06082a811ccf5501822d': { kind: 'sm2', bytes: 65 },
};

/**
 * Reads a SubjectPublicKeyInfo that has passed `assertStrictDer`. Points are uncompressed and on their curve.
 * @throws {Error} for a key that is none: a point off the curve, a broken modulus
 */
export function publicKeyOf(spki: Buffer): PublicKey {
  const [algorithm, bits] = children(spki, readTlv(spki, 0));
  if (!algorithm || bits?.tag !== 0x03) throw new Error('no public key');
  const [oid, parameters] = children(spki, algorithm).map((part) => whole(spki, part).toString('hex'));
  if (RSA.includes(oid ?? '')) return rsaKey(spki);
  const curve = oid === EC ? CURVES[parameters ?? ''] : undefined;
  if (!curve) return { kind: 'other', spki };
  const point = content(spki, bits).subarray(1);
  if (point.length !== curve.bytes || point[0] !== 4) throw new Error('an uncompressed point expected');
  if (curve.kind === 'sm2') {
    sm2Point(point);
    return { kind: 'sm2', point, spki };
  }
  return { kind: curve.kind, object: objectOf(spki), spki };
}

const objectOf = (spki: Buffer): KeyObject => createPublicKey({ key: spki, format: 'der', type: 'spki' });

function rsaKey(spki: Buffer): PublicKey {
  const object = objectOf(spki);
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = object.asymmetricKeyDetails ?? {};
  return { kind: 'rsa', object, spki, bits, exponent };
}
