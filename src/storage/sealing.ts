import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM: format byte, fresh 12-byte nonce, text, tag.
 * @param bound associated data, `meaning|owner`: a value moved elsewhere does not open
 */
export function seal(key: Buffer, bound: string, text: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** @throws {Error} when the key, the binding or a single bit is wrong */
export function open(key: Buffer, bound: string, sealed: Buffer): Buffer {
  if (sealed[0] !== FORMAT) throw new Error('unknown format of a sealed value');
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(Buffer.from(bound))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
