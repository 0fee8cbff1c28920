import { constants, verify } from 'node:crypto';
import { RSASSAPSSParams } from 'pkijs';
import { fromBER } from 'asn1js';
import { assertStrictDer, children, content, DerFault, readTlv } from './der.js';
import type { PublicKey } from './keys.js';
import { sm2Verify } from './sm2.js';

/** An AlgorithmIdentifier: its object identifier, and its whole DER for comparing. */
export interface Algorithm {
  oid: string;
  der: Buffer;
}

export type Hash = 'sha256' | 'sha384' | 'sha512';

/** How one of the algorithms we take verifies; what is not here is too weak or unknown. */
type Scheme = { family: 'rsa' | 'ecdsa'; hash: Hash } | { family: 'sm2' } | { family: 'pss'; hash: Hash; salt: number };

const HASHES: Record<string, Hash> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** No SHA-1, no MD5: RSA with SHA-256 and up (PKCS#1 v1.5 and PSS), ECDSA, SM2 with SM3. */
const SCHEMES: Record<string, Scheme> = {
  '1.2.840.113549.1.1.11': { family: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { family: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { family: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { family: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { family: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { family: 'ecdsa', hash: 'sha512' },
  '1.2.156.10197.1.501': { family: 'sm2' },
};
const PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';

/** @returns `undefined` for what is too weak or unknown (SHA-1, MD5, PSS with mixed hashes) */
export function schemeOf({ oid, der }: Algorithm): Scheme | undefined {
  return oid === PSS ? pssScheme(der) : SCHEMES[oid];
}

/** PSS with one hash of ours for message and mask, and a salt as long as the hash (RFC 4055 §3.1, RFC 8017). */
function pssScheme(der: Buffer): Scheme | undefined {
  const [, parameters] = children(der, readTlv(der, 0));
  if (!parameters) return undefined;
  const pss = new RSASSAPSSParams({ schema: fromBER(der.subarray(parameters.at, parameters.to)).result });
  const hash = HASHES[pss.hashAlgorithm.algorithmId];
  const mask: unknown = pss.maskGenAlgorithm.algorithmParams?.valueBlock?.value?.[0]?.valueBlock?.toString();
  const same = pss.maskGenAlgorithm.algorithmId === MGF1 && mask === pss.hashAlgorithm.algorithmId;
  if (!hash || !same || pss.trailerField !== 1) return undefined;
  return { family: 'pss', hash, salt: pss.saltLength };
}

/**
 * Verifies over the very bytes. False for a key of another family than the algorithm, never an exception.
 * @param signature DER of r and s for ECDSA and SM2
 */
export function verifySignature(key: PublicKey, algorithm: Algorithm, data: Uint8Array, signature: Buffer): boolean {
  const scheme = schemeOf(algorithm);
  if (!scheme || key.kind === 'other') return false;
  if (key.kind === 'sm2') return scheme.family === 'sm2' && sm2VerifyDer(key.point, data, signature);
  if (key.kind !== 'rsa') {
    return scheme.family === 'ecdsa' && verify(scheme.hash, data, { key: key.object, dsaEncoding: 'der' }, signature);
  }
  if (scheme.family === 'rsa') return verify(scheme.hash, data, key.object, signature);
  if (scheme.family !== 'pss') return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify(scheme.hash, data, { key: key.object, padding, saltLength: scheme.salt }, signature);
}

/**
 * `SEQUENCE { INTEGER r, INTEGER s }` in strict DER as two fixed halves.
 * @param size of a half in bytes @returns `undefined` when it is not that, or a number is too large
 */
export function halvesOf(der: Buffer, size: number): Buffer | undefined {
  try {
    assertStrictDer(der);
    const parts = children(der, readTlv(der, 0));
    if (der[0] !== 0x30 || parts.length !== 2 || parts.some(({ tag }) => tag !== 0x02)) return undefined;
    const halves = parts.map((part) => content(der, part));
    if (halves.some((half) => (half[0] as number) >= 0x80)) return undefined;
    const plain = halves.map((half) => (half[0] === 0 ? half.subarray(1) : half));
    if (plain.some((half) => half.length > size)) return undefined;
    return Buffer.concat(plain.map((half) => Buffer.concat([Buffer.alloc(size - half.length), half])));
  } catch (fault) {
    if (fault instanceof DerFault) return undefined;
    throw fault;
  }
}

function sm2VerifyDer(point: Buffer, data: Uint8Array, signature: Buffer): boolean {
  const halves = halvesOf(signature, 32);
  return halves !== undefined && sm2Verify(point, data, halves);
}
