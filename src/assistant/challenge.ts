import { base64Bytes } from '../shared/pki/intake.js';

/** What a challenge of the service says (docs/certificates.md, "The challenge"). */
export interface ReadChallenge {
  bytes: Buffer;
  portal: string;
  issuer: string;
  purpose: string;
  entity?: string;
  expires: Date;
}

const WHOLE = new RegExp(
  [
    '^TONGXING CERTIFICATE CHALLENGE 1',
    '(?<portal>[^\\n]{1,100})',
    'issuer: (?<issuer>[^\\n]{1,200})',
    'purpose: (?<purpose>[^\\n]{1,60})',
    'entity: (?<entity>[^\\n]{1,200})',
    'nonce: [0-9a-f]{32}',
    'issued: \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z',
    'expires: (?<expires>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)',
    '$',
  ].join('\\n'),
  'u',
);
/** Marks that nobody sees, or that turn text around: what is signed must be what is read. */
const UNSEEN = /[^\P{C}\n]/u;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @returns `undefined` for bytes that are no challenge: they are never signed */
export function readChallenge(base64: unknown): ReadChallenge | undefined {
  const bytes = typeof base64 === 'string' ? base64Bytes(base64) : undefined;
  if (!bytes) return undefined;
  try {
    const text = utf8.decode(bytes);
    const { portal, issuer, purpose, entity, expires } = WHOLE.exec(text)?.groups ?? {};
    const end = new Date(expires ?? NaN);
    if (!portal || !issuer || !purpose || !entity || UNSEEN.test(text) || Number.isNaN(end.getTime())) return undefined;
    return { bytes, portal, issuer, purpose, entity: entity === '-' ? undefined : entity, expires: end };
  } catch {
    return undefined;
  }
}
