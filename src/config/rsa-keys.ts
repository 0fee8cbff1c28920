import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const SHORTEST_BITS = 2048;
const isPem = (text: string): boolean => text.includes('-----BEGIN');

function strong(key: KeyObject): KeyObject {
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < SHORTEST_BITS) throw new Error('an RSA key of 2048 bits');
  return key;
}

/** @param text PEM, or the base64 alone as Alipay's tools write it; PKCS#8 or PKCS#1 @throws {Error} for anything else */
export function rsaPrivateKey(text: string): KeyObject {
  if (isPem(text)) return strong(createPrivateKey(text));
  const der = { key: Buffer.from(text, 'base64'), format: 'der' } as const;
  try {
    return strong(createPrivateKey({ ...der, type: 'pkcs8' }));
  } catch {
    return strong(createPrivateKey({ ...der, type: 'pkcs1' }));
  }
}

/** @param text PEM, or the base64 of a SubjectPublicKeyInfo alone @throws {Error} for anything else */
export function rsaPublicKey(text: string): KeyObject {
  if (isPem(text)) return strong(createPublicKey(text));
  return strong(createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }));
}

export const privatePem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;
export const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;
