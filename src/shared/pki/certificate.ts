import { createHash } from 'node:crypto';
import { fromBER } from 'asn1js';
import { Certificate as PkiCertificate } from 'pkijs';
import type { AlgorithmIdentifier, RelativeDistinguishedNames } from 'pkijs';
import { assertStrictDer, children, DerFault, readTlv, whole } from './der.js';
import { publicKeyOf } from './keys.js';
import type { PublicKey } from './keys.js';
import type { Algorithm } from './signatures.js';

export const LARGEST_CERTIFICATE = 16 * 1024;

export interface Extension {
  critical: boolean;
  /** DER of what is inside the OCTET STRING. */
  value: Buffer;
}

/** An attribute of a name: its object identifier and its text. */
export type NamePart = readonly [type: string, text: string];

/** A certificate, read and not yet judged. */
export interface Certificate {
  der: Buffer;
  /** SHA-256 of the DER, hex: what a binding is keyed by. */
  thumbprint: string;
  /** 1, 2 or 3. */
  version: number;
  /** Hex, as encoded. */
  serial: string;
  /** DER of the names: names are compared by their bytes. */
  issuer: Buffer;
  subject: Buffer;
  issuerParts: readonly NamePart[];
  subjectParts: readonly NamePart[];
  notBefore: Date;
  notAfter: Date;
  key: PublicKey;
  extensions: ReadonlyMap<string, Extension>;
  /** The bytes that are signed, by what, and the signature. */
  tbs: Buffer;
  /** As the signed part names it, and as it stands beside the signature: they must be the same. */
  innerAlgorithm: Algorithm;
  algorithm: Algorithm;
  signature: Buffer;
}

/** What no name may hold: control characters, and marks that turn text around. */
// oxlint-disable-next-line no-control-regex -- these are the characters that are refused
const UNSPEAKABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/;

/**
 * Reads one certificate: strict DER first, then `pkijs`. Nothing is judged but the form.
 * @throws {DerFault} for everything that is none: too large, another spelling, unreadable names, a key that is none
 */
export function readCertificate(der: Buffer): Certificate {
  if (der.length > LARGEST_CERTIFICATE) throw new DerFault('too large');
  const thumbprint = createHash('sha256').update(der).digest('hex');
  const known = lately.get(thumbprint);
  if (known) return known;
  assertStrictDer(der);
  const read = orFault(() => parsed(der, thumbprint));
  if (der.length <= LARGEST_KEPT) keep(read);
  return read;
}

function orFault(read: () => Certificate): Certificate {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof DerFault ? cause : new DerFault('not a certificate', { cause });
  }
}

/** The same bytes are read once: who logs in comes again, and its chain comes along each time. Nothing is judged by this. */
const lately = new Map<string, Certificate>();
const MOST_KEPT = 1000;
/** Twice what authorities issue: a thousand of the largest would be memory for whoever sends them. */
const LARGEST_KEPT = 4 * 1024;

function keep(read: Certificate): void {
  const [oldest] = lately.keys();
  if (lately.size >= MOST_KEPT && oldest) lately.delete(oldest);
  lately.set(read.thumbprint, read);
}

/** RFC 5280 §4.1.2.2: positive, 20 octets at most. */
const isSerial = (bytes: Buffer): boolean => bytes.length <= 21 && (bytes[0] as number) < 0x80;

function parsed(der: Buffer, thumbprint: string): Certificate {
  const read = new PkiCertificate({ schema: fromBER(der).result });
  const { tbs, spki, inner, outer } = placesOf(der);
  const serial = Buffer.from(read.serialNumber.valueBlock.valueHexView);
  if (!isSerial(serial)) throw new DerFault('a serial number that is none');
  return {
    der,
    thumbprint,
    version: read.version + 1,
    serial: serial.toString('hex'),
    issuer: Buffer.from(read.issuer.valueBeforeDecode),
    subject: Buffer.from(read.subject.valueBeforeDecode),
    issuerParts: partsOf(read.issuer),
    subjectParts: partsOf(read.subject),
    notBefore: read.notBefore.value,
    notAfter: read.notAfter.value,
    key: publicKeyOf(spki),
    extensions: extensionsOf(read),
    tbs,
    innerAlgorithm: { oid: read.signature.algorithmId, der: inner },
    algorithm: { oid: read.signatureAlgorithm.algorithmId, der: outer },
    signature: Buffer.from(read.signatureValue.valueBlock.valueHexView),
  };
}

const SERIAL = 0x02;

/** The very bytes of what is signed, of the key and of both algorithms: cut out, which costs less than to encode anew. */
function placesOf(der: Buffer): Record<'tbs' | 'spki' | 'inner' | 'outer', Buffer> {
  const [tbs, outer] = children(der, readTlv(der, 0));
  const fields = tbs ? children(der, tbs) : [];
  // A version 1 certificate does not say its version: then the serial number stands first.
  const [, inner, , , , spki] = fields[0]?.tag === SERIAL ? fields : fields.slice(1);
  if (!tbs || !outer || !inner || !spki) throw new DerFault('not a certificate');
  return { tbs: whole(der, tbs), outer: whole(der, outer), inner: whole(der, inner), spki: whole(der, spki) };
}

export const algorithmOf = (read: AlgorithmIdentifier): Algorithm => ({
  oid: read.algorithmId,
  der: Buffer.from(read.toSchema().toBER()),
});

function extensionsOf(read: PkiCertificate): Map<string, Extension> {
  const found = new Map<string, Extension>();
  for (const { extnID, critical, extnValue } of read.extensions ?? []) {
    if (found.has(extnID)) throw new DerFault('an extension that is there twice');
    found.set(extnID, { critical, value: Buffer.from(extnValue.valueBlock.valueHexView) });
  }
  return found;
}

/** Pages show names. RFC 5280 allows 64 characters of most parts; authorities are seen to write more. */
const LONGEST_NAME = 256;

/** @throws {DerFault} for a name with control characters or without end, or a value that is no text */
function partsOf(name: RelativeDistinguishedNames): NamePart[] {
  return name.typesAndValues.map(({ type, value }) => {
    const text: unknown = value.valueBlock.value;
    if (typeof text !== 'string' || text.length > LONGEST_NAME || UNSPEAKABLE.test(text))
      throw new DerFault('a name that cannot be shown');
    return [type, text] as const;
  });
}

const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

/** What a page calls a name: its common name, else its organisation. */
export const shownName = (parts: readonly NamePart[]): string =>
  [COMMON_NAME, ORGANISATION].map((wanted) => parts.find(([type]) => type === wanted)?.[1]).find(Boolean) ?? '';
