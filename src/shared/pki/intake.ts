import { Refusal } from '../refusal.js';
import { LARGEST_CERTIFICATE, readCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';
import { DerFault } from './der.js';

const PEM = /-----BEGIN ([A-Z0-9 ]{1,40})-----([\s\S]*?)-----END \1-----/g;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const MOST_CERTIFICATES = 10;

/** Bytes of base64 in its one spelling, blanks aside; `undefined` for anything else. */
export function base64Bytes(text: string): Buffer | undefined {
  const plain = text.replace(/\s/g, '');
  if (plain === '' || !BASE64.test(plain)) return undefined;
  const bytes = Buffer.from(plain, 'base64');
  return bytes.toString('base64') === plain ? bytes : undefined;
}

/** PEM blocks, or base64 of DER (several by comma). */
function blocksOf(text: string): (Buffer | undefined)[] {
  if (!text.includes('-----')) return text.split(',').map(base64Bytes);
  const blocks = [...text.matchAll(PEM)];
  const rest = text.replace(PEM, '').trim();
  return rest === ''
    ? blocks.map(([, label, body]) => (label === 'CERTIFICATE' ? base64Bytes(body as string) : undefined))
    : [undefined];
}

/**
 * The certificates of a form field, the leaf first.
 * @param text PEM or base64 of DER @throws {DerFault} for anything that is none
 */
export function certificatesOf(text: string): Certificate[] {
  if (text.length > MOST_CERTIFICATES * LARGEST_CERTIFICATE * 2) throw new DerFault('too large');
  const blocks = blocksOf(text);
  if (blocks.length === 0 || blocks.length > MOST_CERTIFICATES) throw new DerFault('no certificate');
  return blocks.map((block) => {
    if (!block) throw new DerFault('no base64');
    return readCertificate(block);
  });
}

/** Calls `read`; what is no DER is this refusal. */
export function orRefuse<T>(code: 'certificate.malformed' | 'signature.malformed', read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof DerFault) throw new Refusal(code);
    throw fault;
  }
}
