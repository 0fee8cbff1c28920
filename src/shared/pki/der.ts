/** What is no strict DER (X.690 §10, §11). */
export class DerFault extends Error {}

/** One element: where its content lies in the bytes it was read from. */
export interface Tlv {
  tag: number;
  /** Where the element begins, its tag included. */
  at: number;
  /** Where the content begins, and where the element ends. */
  from: number;
  to: number;
}

const DEEPEST = 32;
/** A certificate has some 150; the libraries behind this take their time over each. */
const MOST_ELEMENTS = 3000;
const CONSTRUCTED = 0x20;
const CLASS = 0xc0;
const SEQUENCE = 0x30;
const SET = 0x31;

type Check = (content: Uint8Array) => boolean;

const isMinimalInteger: Check = ([first, second]) =>
  first !== undefined &&
  !(first === 0x00 && second !== undefined && second < 0x80) &&
  !(first === 0xff && second !== undefined && second >= 0x80);

/** Unused bits are few and zero; an empty string has none. */
const isBitString: Check = (content) => {
  const [unused, last] = [content[0], content.at(-1) ?? 0];
  if (unused === undefined || unused > 7) return false;
  return content.length === 1 ? unused === 0 : (last & ((1 << unused) - 1)) === 0;
};

/** Base-128 numbers: none begins with an empty byte, and the last one ends. */
const isOid: Check = (content) =>
  content.length > 0 &&
  ((content.at(-1) as number) & 0x80) === 0 &&
  content.every((byte, at) => byte !== 0x80 || (at > 0 && ((content[at - 1] as number) & 0x80) !== 0));

/** Primitive types of which DER allows one spelling only. */
const PRIMITIVES: Partial<Record<number, Check>> = {
  0x01: (content) => content.length === 1 && (content[0] === 0x00 || content[0] === 0xff),
  0x02: isMinimalInteger,
  0x03: isBitString,
  0x05: (content) => content.length === 0,
  0x06: isOid,
  0x0a: isMinimalInteger,
  // UTCTime and GeneralizedTime in certificates: seconds, no fraction, Z (RFC 5280 §4.1.2.5).
  0x17: (content) => /^\d{12}Z$/.test(Buffer.from(content).toString('latin1')),
  0x18: (content) => /^\d{14}Z$/.test(Buffer.from(content).toString('latin1')),
};

/** Reads one element that begins at `at` and ends by `end`. @throws {DerFault} */
export function readTlv(bytes: Uint8Array, at: number, end = bytes.length): Tlv {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > end) throw new DerFault('the element is cut off');
  if ((tag & 0x1f) === 0x1f) throw new DerFault('a tag number of several bytes');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 4) throw new DerFault('an indefinite or an endless length');
  const from = at + 2 + count;
  let length = count === 0 ? first : 0;
  for (let place = at + 2; place < from; place += 1) length = length * 256 + (bytes[place] ?? 0);
  if (count > 0 && (length < 0x80 || bytes[at + 2] === 0)) throw new DerFault('a length that is not the shortest');
  if (from + length > end) throw new DerFault('the content is cut off');
  return { tag, at, from, to: from + length };
}

/** The elements inside one. @throws {DerFault} */
export function children(bytes: Uint8Array, parent: Pick<Tlv, 'from' | 'to'>): Tlv[] {
  const found: Tlv[] = [];
  for (let at = parent.from; at < parent.to; at = (found.at(-1) as Tlv).to) found.push(readTlv(bytes, at, parent.to));
  return found;
}

/** The bytes of an element, tag and length included. */
export const whole = (bytes: Uint8Array, { at, to }: Tlv): Buffer => Buffer.from(bytes.subarray(at, to));

/** The bytes inside an element. */
export const content = (bytes: Uint8Array, { from, to }: Tlv): Buffer => Buffer.from(bytes.subarray(from, to));

/**
 * That these bytes are one element in strict DER: definite and shortest lengths, nothing behind it, 32 levels at most,
 * one spelling of each primitive. Stands before every ASN.1 library, all of which are laxer.
 * @throws {DerFault}
 */
export function assertStrictDer(bytes: Uint8Array): void {
  const top = readTlv(bytes, 0);
  if (top.to !== bytes.length) throw new DerFault('bytes behind the end');
  const waiting: [Tlv, number][] = [[top, 1]];
  let count = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [element, depth] = next;
    count += 1;
    if (count > MOST_ELEMENTS) throw new DerFault('too many elements');
    if (depth > DEEPEST) throw new DerFault('nested too deep');
    assertForm(bytes, element);
    if ((element.tag & CONSTRUCTED) === 0) continue;
    for (const child of children(bytes, element)) waiting.push([child, depth + 1]);
  }
}

/** Universal types: sequences and sets hold elements, all others are primitive and spelled in one way. */
function assertForm(bytes: Uint8Array, element: Tlv): void {
  const { tag, from, to } = element;
  if ((tag & CLASS) !== 0) return;
  const holds = tag === SEQUENCE || tag === SET;
  if (((tag & CONSTRUCTED) !== 0) !== holds || tag === (SEQUENCE & ~CONSTRUCTED) || tag === (SET & ~CONSTRUCTED)) {
    throw new DerFault('a type in the wrong form');
  }
  if (PRIMITIVES[tag]?.(bytes.subarray(from, to)) === false)
    throw new DerFault(`a value of type ${tag} in another spelling`);
}
