import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import forge from 'node-forge';
import { SM2, SM2_ORDER, bigintOf, sm2Digest } from '../../shared/pki/sm2.js';

export type KeyAlgorithm = 'rsa' | 'p256' | 'p384' | 'sm2';
export type SoftHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

export interface SignOptions {
  /** Of RSA and ECDSA; SM2 signs with SM3. SHA-256 unless given. */
  hash?: SoftHash;
  /** RSA with PSS instead of PKCS#1 v1.5. */
  pss?: boolean;
}

/** A private key in software: of demonstrations and tests only. */
export interface SoftKey {
  algorithm: KeyAlgorithm;
  /** DER of the SubjectPublicKeyInfo. */
  spki: Buffer;
  /** DER of r and s for ECDSA and SM2. */
  sign: (data: Uint8Array, options?: SignOptions) => Buffer;
  /** PKCS#8 PEM; the number in hex for SM2. */
  exported: string;
}

/** SubjectPublicKeyInfo of SM2 up to the point. */
const SM2_SPKI = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

/** Makes a key. @param bits of RSA */
export function newSoftKey(algorithm: KeyAlgorithm, bits = 2048): SoftKey {
  if (algorithm === 'sm2') return sm2Key(randomScalar());
  if (algorithm === 'rsa') {
    const { privateKey } = forge.pki.rsa.generateKeyPair({ bits, e: 0x10001 });
    return nodeKey('rsa', createPrivateKey(forge.pki.privateKeyToPem(privateKey)));
  }
  const namedCurve = algorithm === 'p256' ? 'prime256v1' : 'secp384r1';
  return nodeKey(algorithm, generateKeyPairSync('ec', { namedCurve }).privateKey);
}

/** The key that was exported. */
export const softKeyOf = (algorithm: KeyAlgorithm, exported: string): SoftKey =>
  algorithm === 'sm2' ? sm2Key(BigInt(`0x${exported}`)) : nodeKey(algorithm, createPrivateKey(exported));

function nodeKey(algorithm: 'rsa' | 'p256' | 'p384', key: KeyObject): SoftKey {
  return {
    algorithm,
    spki: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    exported: key.export({ type: 'pkcs8', format: 'pem' }) as string,
    sign: (data, { hash = 'sha256', pss = false } = {}) => {
      if (algorithm !== 'rsa') return sign(hash, data, { key, dsaEncoding: 'der' });
      const padding = pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
      return sign(hash, data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
    },
  };
}

/** Between 1 and n − 2, without bias that matters: 64 bits more than the order has. */
const randomScalar = (): bigint => (bigintOf(randomBytes(40)) % (SM2_ORDER - 2n)) + 1n;

function sm2Key(secret: bigint): SoftKey {
  const point = Buffer.from(SM2.BASE.multiply(secret).toBytes(false));
  return {
    algorithm: 'sm2',
    spki: Buffer.concat([SM2_SPKI, point]),
    exported: secret.toString(16).padStart(64, '0'),
    sign: (data) => sm2Signature(secret, point, data),
  };
}

/** GB/T 32918.2 §6. Big integers take their own time over each number: never for a key that matters. */
function sm2Signature(secret: bigint, point: Buffer, data: Uint8Array): Buffer {
  const digest = sm2Digest(point, data);
  const k = randomScalar();
  const r = mod(digest + SM2.BASE.multiply(k).toAffine().x, SM2_ORDER);
  const s = mod(invert(1n + secret, SM2_ORDER) * (k - r * secret), SM2_ORDER);
  return r === 0n || r + k === SM2_ORDER || s === 0n ? sm2Signature(secret, point, data) : derOf(r, s);
}

/** `SEQUENCE { INTEGER r, INTEGER s }` */
export function derOf(...numbers: readonly bigint[]): Buffer {
  const integers = numbers.map((number) => {
    const hex = number.toString(16);
    const bytes = Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex');
    const positive = (bytes[0] as number) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
    return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
  });
  const inside = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, inside.length]), inside]);
}
