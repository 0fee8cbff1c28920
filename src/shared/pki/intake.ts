import { Refusal } from '../refusal.js';
import { LARGEST_CERTIFICATE, readCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';
import { DerFault } from './der.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const MOST_CERTIFICATES = 10;

/** Bytes of base64 in its one spelling, blanks aside; `undefined` for anything else. */
export function base64Bytes(text: string): Buffer | undefined {
  const plain = text.replace(/\s/g, '');
  if (plain === '' || !BASE64.test(plain)) return undefined;
  const bytes = Buffer.from(plain, 'base64');
  return bytes.toString('base64') === plain ? bytes : undefined;
}

const FENCE = '-----';
const LABEL = 'CERTIFICATE';

/**
 * The texts of PEM blocks, or base64 of DER (several by comma). Cut at its fences: an expression that looks for a block's end
 * looks through all of the text for each beginning.
 */
function blocksOf(text: string): string[] {
  if (!text.includes(FENCE)) return text.split(',');
  const parts = text.split(FENCE);
  // What stands outside, a beginning, the block, an end; and once more what stands outside.
  if (parts.length % 4 !== 1) throw new DerFault('a PEM block that does not end');
  return parts.slice(0, -1).flatMap((_part, at) => (at % 4 === 0 ? blockAt(parts, at) : []));
}

function blockAt(parts: readonly string[], at: number): string[] {
  const [before = '', begin, block = '', end, after = ''] = parts.slice(at, at + 5);
  if (before.trim() !== '' || after.trim() !== '' || begin !== `BEGIN ${LABEL}` || end !== `END ${LABEL}`) {
    throw new DerFault('no PEM of certificates');
  }
  return [block];
}

/**
 * The certificates of a form field, the leaf first.
 * @param text PEM or base64 of DER @throws {DerFault} for anything that is none
 */
export function certificatesOf(text: string): Certificate[] {
  if (text.length > MOST_CERTIFICATES * LARGEST_CERTIFICATE * 2) throw new DerFault('too large');
  const blocks = blocksOf(text);
  if (blocks.length > MOST_CERTIFICATES) throw new DerFault('no certificate');
  return blocks.map((block) => {
    const der = base64Bytes(block);
    if (!der) throw new DerFault('no base64');
    return readCertificate(der);
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
