import { createHash } from 'node:crypto';
import { Time } from 'pkijs';
import { fromBER } from 'asn1js';
import { children, content, DerFault, readTlv, whole } from '../../shared/pki/der.js';
import type { Tlv } from '../../shared/pki/der.js';
import type { PublicKey } from '../../shared/pki/keys.js';
import { verifySignature } from '../../shared/pki/signatures.js';

/** A revocation list, read and verified, with its serial numbers packed for the table. */
export interface ReadList {
  /** DER of the issuer's name. */
  issuer: Buffer;
  thisUpdate: Date;
  nextUpdate: Date;
  /** The list's own number, which never falls; 0 when it has none. */
  number: bigint;
  entries: number;
  /** Serial numbers by bucket: each as a byte of length and its bytes. */
  buckets: Buffer[];
}

/** How many serial numbers a bucket holds on average: one look-up reads one. */
const PER_BUCKET = 256;
const MOST_BUCKETS = 65_536;
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const EXTENSIONS = 0xa0;
const LONGEST_SERIAL = 21;
const BOOLEAN = 0x01;
const OCTETS = 0x04;
const OBJECT_IDENTIFIER = 0x06;
/** 2.5.29.20 */
const CRL_NUMBER = '551d14';

export const bucketsFor = (entries: number): number =>
  Math.min(MOST_BUCKETS, 2 ** Math.max(0, Math.ceil(Math.log2(entries / PER_BUCKET))));

/** What a serial number's bucket is counted from. @param serial as encoded */
export const placeOf = (serial: Uint8Array): number => createHash('sha256').update(serial).digest().readUInt32BE(0);

/** Whether a packed bucket holds this serial number. */
export function holds(bucket: Buffer, serial: Buffer): boolean {
  for (let at = 0; at < bucket.length; at += 1 + (bucket[at] as number)) {
    const length = bucket[at] as number;
    // The last byte first: it spares the comparison with all but one in 256.
    const alike = length === serial.length && bucket[at + length] === serial[length - 1];
    if (alike && serial.compare(bucket, at + 1, at + 1 + length) === 0) return true;
  }
  return false;
}

const isTime = ({ tag }: Tlv): boolean => tag === UTC_TIME || tag === GENERALIZED_TIME;
const timeOf = (der: Buffer, place: Tlv): Date => new Time({ schema: fromBER(whole(der, place)).result }).value;

interface Parts {
  issuer: Tlv;
  thisUpdate: Tlv;
  nextUpdate: Tlv;
  revoked?: Tlv;
  extensions?: Tlv;
}

/** The parts of a TBSCertList, version 2 (RFC 5280 §5.1). */
function partsOf(der: Buffer, tbs: Tlv): Parts {
  const [version, algorithm, issuer, thisUpdate, nextUpdate, ...rest] = children(der, tbs);
  const sound =
    version?.tag === INTEGER &&
    der[version.from] === 1 &&
    algorithm?.tag === SEQUENCE &&
    issuer?.tag === SEQUENCE &&
    thisUpdate !== undefined &&
    isTime(thisUpdate) &&
    nextUpdate !== undefined &&
    isTime(nextUpdate);
  if (!sound) throw new DerFault('no revocation list with a next one');
  const revoked = rest.find(({ tag }) => tag === SEQUENCE);
  const extensions = rest.find(({ tag }) => tag === EXTENSIONS);
  if (rest.length > 2 || rest.some((one) => one !== revoked && one !== extensions))
    throw new DerFault('more than a list');
  return { issuer, thisUpdate, nextUpdate, revoked, extensions };
}

/**
 * Values of extensions by the hex of their identifiers.
 * @throws {DerFault} for a critical one: an indirect or a partial list, which we do not carry out
 */
function extensionsOf(der: Buffer, list: Tlv | undefined): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const one of list ? children(der, list) : []) {
    const [oid, ...rest] = children(der, one);
    const value = rest.at(-1);
    const critical = rest[0]?.tag === BOOLEAN && der[rest[0].from] === 0xff;
    if (oid?.tag !== OBJECT_IDENTIFIER || value?.tag !== OCTETS) throw new DerFault('an extension of another form');
    if (critical) throw new DerFault('a critical extension of a list');
    found.set(content(der, oid).toString('hex'), content(der, value));
  }
  return found;
}

/** Entry by entry, without making an object of each: a list may have a million. */
function packed(der: Buffer, revoked: Tlv | undefined): { entries: number; buckets: Buffer[] } {
  const places: Tlv[] = [];
  const { from, to } = revoked ?? { from: 0, to: 0 };
  for (let at = from; at < to;) {
    const entry = readTlv(der, at, to);
    const serial = readTlv(der, entry.from, entry.to);
    const date = readTlv(der, serial.to, entry.to);
    const length = serial.to - serial.from;
    if (entry.tag !== SEQUENCE || serial.tag !== INTEGER || length < 1 || length > LONGEST_SERIAL || !isTime(date)) {
      throw new DerFault('an entry of another form');
    }
    if (date.to < entry.to) extensionsOf(der, readTlv(der, date.to, entry.to));
    places.push(serial);
    at = entry.to;
  }
  const count = bucketsFor(places.length);
  const parts: Buffer[][] = Array.from({ length: count }, () => []);
  for (const place of places) {
    const serial = content(der, place);
    (parts[placeOf(serial) % count] as Buffer[]).push(Buffer.from([serial.length]), serial);
  }
  return { entries: places.length, buckets: parts.map((part) => Buffer.concat(part)) };
}

/** DER of the name whose list this is, before anything is believed of it. @throws {DerFault} */
export function issuerOfList(der: Buffer): Buffer {
  const top = readTlv(der, 0);
  const [tbs] = children(der, top);
  if (top.to !== der.length || !tbs) throw new DerFault('no revocation list');
  return whole(der, partsOf(der, tbs).issuer);
}

/**
 * Reads a list and verifies it by its issuer's key.
 * @throws {DerFault} for what is no list, or is signed by another key
 */
export function readList(der: Buffer, key: PublicKey): ReadList {
  const top = readTlv(der, 0);
  const [tbs, algorithm, signature, ...more] = children(der, top);
  if (top.to !== der.length || !tbs || !algorithm || signature?.tag !== 0x03 || more.length > 0) {
    throw new DerFault('no revocation list');
  }
  const parts = partsOf(der, tbs);
  const [, inner] = children(der, tbs);
  const named = { oid: oidOf(der, algorithm), der: whole(der, algorithm) };
  const same = inner !== undefined && whole(der, inner).equals(named.der);
  if (!same || !verifySignature(key, named, der.subarray(tbs.at, tbs.to), content(der, signature).subarray(1))) {
    throw new DerFault('a list that its issuer has not signed');
  }
  const [list] = parts.extensions ? children(der, parts.extensions) : [];
  const number = extensionsOf(der, list).get(CRL_NUMBER);
  return {
    issuer: whole(der, parts.issuer),
    thisUpdate: timeOf(der, parts.thisUpdate),
    nextUpdate: timeOf(der, parts.nextUpdate),
    number: number ? BigInt(`0x${content(number, readTlv(number, 0)).toString('hex') || '0'}`) : 0n,
    ...packed(der, parts.revoked),
  };
}

function oidOf(der: Buffer, algorithm: Tlv): string {
  const [oid] = children(der, algorithm);
  if (oid?.tag !== 0x06) throw new DerFault('an algorithm without a name');
  const { result } = fromBER(whole(der, oid));
  return (result.valueBlock as unknown as { toString: () => string }).toString();
}
