import { hash } from 'node:crypto';
import { Time } from 'pkijs';
import { fromBER } from 'asn1js';
import { children, content, DerFault, readTlv, whole } from '../../shared/pki/der.js';
import type { Tlv } from '../../shared/pki/der.js';
import { publicKeyOf } from '../../shared/pki/keys.js';
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
  /** Serial numbers bucket by bucket, each as a byte of length and its bytes. */
  serials: Uint8Array;
  /** Where each bucket ends. */
  ends: Uint32Array;
}

/** Whose key may have signed a list. */
export interface ListSigner {
  /** DER of the name and of the public key. */
  subject: Uint8Array;
  spki: Uint8Array;
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
/** A serial number of one byte and a UTCTime. */
const SHORTEST_ENTRY = 20;
const BOOLEAN = 0x01;
const OCTETS = 0x04;
const OBJECT_IDENTIFIER = 0x06;
/** 2.5.29.20 */
const CRL_NUMBER = '551d14';

export const bucketsFor = (entries: number): number =>
  Math.min(MOST_BUCKETS, 2 ** Math.max(0, Math.ceil(Math.log2(entries / PER_BUCKET))));

/** What a serial number's bucket is counted from. @param serial as encoded */
export const placeOf = (serial: Uint8Array): number => hash('sha256', serial, 'buffer').readUInt32BE(0);

/** The serial numbers of one bucket. */
export const bucketOf = ({ serials, ends }: ReadList, at: number): Buffer =>
  Buffer.from(serials.buffer, serials.byteOffset + (ends[at - 1] ?? 0), (ends[at] as number) - (ends[at - 1] ?? 0));

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
 * Goes through extensions.
 * @throws {DerFault} for a critical one: an indirect or a partial list, which we do not carry out
 */
function eachExtension(der: Buffer, { from, to }: Tlv, take?: (oid: Tlv, value: Tlv) => void): void {
  for (let at = from; at < to;) {
    const one = readTlv(der, at, to);
    const oid = readTlv(der, one.from, one.to);
    const second = readTlv(der, oid.to, one.to);
    const value = second.tag === BOOLEAN ? readTlv(der, second.to, one.to) : second;
    if (one.tag !== SEQUENCE || oid.tag !== OBJECT_IDENTIFIER || value.tag !== OCTETS || value.to !== one.to) {
      throw new DerFault('an extension of another form');
    }
    if (second.tag === BOOLEAN && der[second.from] !== 0) throw new DerFault('a critical extension of a list');
    take?.(oid, value);
    at = one.to;
  }
}

/** Where each serial number lies, entry by entry, without keeping an object of any: a list may have a million. */
function placesOf(der: Buffer, { from, to }: Tlv): Uint32Array {
  const places = new Uint32Array(Math.ceil((to - from) / SHORTEST_ENTRY));
  let count = 0;
  for (let at = from; at < to; count += 1) {
    const entry = readTlv(der, at, to);
    const serial = readTlv(der, entry.from, entry.to);
    const date = readTlv(der, serial.to, entry.to);
    const length = serial.to - serial.from;
    if (entry.tag !== SEQUENCE || serial.tag !== INTEGER || length < 1 || length > LONGEST_SERIAL || !isTime(date)) {
      throw new DerFault('an entry of another form');
    }
    if (date.to < entry.to) eachExtension(der, readTlv(der, date.to, entry.to));
    places[count] = serial.from;
    at = entry.to;
  }
  return places.subarray(0, count);
}

/** Of a serial number that short, the byte before its content is its length. */
const lengthAt = (der: Buffer, place: number): number => der[place - 1] as number;

/** Counts first, then writes each serial number to its place: memory for the list and the result, and little more. */
function packed(der: Buffer, revoked: Tlv | undefined): Pick<ReadList, 'entries' | 'serials' | 'ends'> {
  const places = revoked ? placesOf(der, revoked) : new Uint32Array(0);
  const count = bucketsFor(places.length);
  const buckets = places.map((place) => placeOf(der.subarray(place, place + lengthAt(der, place))) % count);
  const ends = new Uint32Array(count);
  for (const [at, bucket] of buckets.entries()) {
    ends[bucket] = (ends[bucket] as number) + 1 + lengthAt(der, places[at] as number);
  }
  for (let at = 1; at < count; at += 1) ends[at] = (ends[at] as number) + (ends[at - 1] as number);
  const next = Uint32Array.from(ends, (_end, at) => ends[at - 1] ?? 0);
  const serials = new Uint8Array(ends[count - 1] as number);
  for (const [at, place] of places.entries()) {
    const bucket = buckets[at] as number;
    const whole = der.subarray(place - 1, place + lengthAt(der, place));
    serials.set(whole, next[bucket]);
    next[bucket] = (next[bucket] as number) + whole.length;
  }
  return { entries: places.length, serials, ends };
}

/**
 * Reads a list and verifies it by the key of its issuer: of several of one name (a rollover), the one that holds.
 * @throws {DerFault} for what is no list, is somebody else's, or is signed by another key
 */
export function readList(der: Buffer, signers: readonly ListSigner[]): { list: ReadList; spki: Uint8Array } {
  const top = readTlv(der, 0);
  const [tbs, algorithm, signature, ...more] = children(der, top);
  if (top.to !== der.length || !tbs || !algorithm || signature?.tag !== 0x03 || more.length > 0) {
    throw new DerFault('no revocation list');
  }
  const parts = partsOf(der, tbs);
  const issuer = whole(der, parts.issuer);
  const named = signers.filter(({ subject }) => issuer.equals(subject));
  if (named.length === 0) throw new DerFault('the list of somebody else');
  const [, inner] = children(der, tbs);
  const said = { oid: oidOf(der, algorithm), der: whole(der, algorithm) };
  const same = inner !== undefined && whole(der, inner).equals(said.der);
  const bits = content(der, signature).subarray(1);
  const holds = ({ spki }: ListSigner) =>
    verifySignature(publicKeyOf(Buffer.from(spki)), said, der.subarray(tbs.at, tbs.to), bits);
  const signer = same ? named.find(holds) : undefined;
  if (!signer) throw new DerFault('a list that its issuer has not signed');
  const list = {
    issuer,
    thisUpdate: timeOf(der, parts.thisUpdate),
    nextUpdate: timeOf(der, parts.nextUpdate),
    number: numberOf(der, parts.extensions),
    ...packed(der, parts.revoked),
  };
  return { list, spki: signer.spki };
}

function numberOf(der: Buffer, extensions: Tlv | undefined): bigint {
  let found = 0n;
  const [list] = extensions ? children(der, extensions) : [];
  const take = (oid: Tlv, value: Tlv): void => {
    if (content(der, oid).toString('hex') !== CRL_NUMBER) return;
    const number = content(der, readTlv(der, value.from, value.to)).toString('hex');
    found = BigInt(`0x${number || '0'}`);
  };
  if (list) eachExtension(der, list, take);
  return found;
}

function oidOf(der: Buffer, algorithm: Tlv): string {
  const [oid] = children(der, algorithm);
  if (oid?.tag !== 0x06) throw new DerFault('an algorithm without a name');
  const { result } = fromBER(whole(der, oid));
  return (result.valueBlock as unknown as { toString: () => string }).toString();
}
