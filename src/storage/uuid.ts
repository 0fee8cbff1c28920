import { createHash, randomBytes } from 'node:crypto';

/** How many there are of the last millisecond: 12 bits after the time (RFC 9562, 6.2, method 1). */
let last = { ms: 0, count: 0 };

/** A UUIDv7 (RFC 9562): begins with the time in milliseconds, so what grows by time is stored in the order it was made. */
export function uuidv7(ms: number): string {
  last = { ms, count: ms === last.ms ? (last.count + 1) & 0xfff : 0 };
  const bytes = randomBytes(16);
  bytes.writeUInt16BE(last.count, 6);
  return version7(ms, bytes);
}

/** The same UUIDv7 for the same moment and name: what must be written once, however often it is tried. */
export const uuidv7From = (ms: number, name: string): string =>
  version7(ms, createHash('sha256').update(name).digest().subarray(0, 16));

/** The same UUIDv8 for the same name: who acts without having an account, such as an operator. */
export function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  return written(bytes);
}

function version7(ms: number, bytes: Buffer): string {
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  return written(bytes);
}

/** With the variant of RFC 9562. */
function written(bytes: Buffer): string {
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether a text is an id as ours are written. */
export const isUuid = (text: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** When a UUIDv7 was made. */
export const timeOfUuid = (uuid: string): Date => new Date(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16));

/** The smallest UUIDv7 of a moment: where a month's partition begins. */
export function uuidv7At(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
