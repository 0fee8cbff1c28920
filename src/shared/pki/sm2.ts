import { createHash } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

/** The curve of GB/T 32918.5, as the standard prints it. */
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: N,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};

/** The group of SM2. */
export const SM2 = weierstrass(CURVE);
export const SM2_ORDER = N;

/** The identifier of GM/T 0009, in certificates, lists, answers and messages alike. */
const IDENTIFIER = Buffer.from('1234567812345678');

const sm3 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const fixed = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
export const bigintOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);

/** @param point uncompressed, 65 bytes @throws {Error} when it is not on the curve */
export const sm2Point = (point: Uint8Array) => {
  if (point.length !== 65 || point[0] !== 4) throw new Error('an uncompressed point expected');
  return SM2.fromBytes(point);
};

/** What is signed: SM3 over Z (identifier, curve, key) and the message (GB/T 32918.2 §5.5). @param point uncompressed */
export function sm2Digest(point: Uint8Array, message: Uint8Array): bigint {
  const bits = Buffer.from([0, IDENTIFIER.length * 8]);
  const { a, b, Gx, Gy } = CURVE;
  const z = sm3(bits, IDENTIFIER, fixed(a), fixed(b), fixed(Gx), fixed(Gy), point.subarray(1));
  return bigintOf(sm3(z, message));
}

/**
 * GB/T 32918.2 §7: range of r and s, t ≠ 0, the point, the comparison.
 * @param point uncompressed public key @param signature r ‖ s, 64 bytes
 */
export function sm2Verify(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const [r, s] = [bigintOf(signature.subarray(0, 32)), bigintOf(signature.subarray(32))];
  const t = (r + s) % N;
  if (r < 1n || r >= N || s < 1n || s >= N || t === 0n) return false;
  const sum = SM2.BASE.mulAddUnsafe(s, sm2Point(point), t);
  if (sum.is0()) return false;
  return (sm2Digest(point, message) + sum.toAffine().x) % N === r;
}
