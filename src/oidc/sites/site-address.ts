import { ValidateBy } from 'class-validator';
import type { ValidationOptions } from 'class-validator';
import { isNeverReached } from '../../gateways/outbound.js';

interface Written {
  text: string;
  /** What stands between `//` and the path, as it is written. */
  authority: string;
  host: string;
  url: URL;
}

const LONGEST = 2000;
const AUTHORITY = /^https?:\/\/([^/?#\\]*)/;
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/;
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?=[/?]|$)/i;
const UNSAFE = /[^\x21-\x7e]|[\\"<>^`{|}]/;

/** What an address may not have, each with what is expected instead; judged in this order. */
const RULES: readonly [expected: string, broken: (written: Written) => boolean][] = [
  ['an address without user info', ({ authority }) => authority.includes('@')],
  ['an address without a fragment', ({ text }) => text.includes('#')],
  ['an address without a wildcard', ({ host }) => host.includes('*')],
  ['a host in its ASCII form (xn--…)', ({ host }) => /[^\x21-\x7e]/.test(host)],
  ['a host in lower case', ({ host }) => host !== host.toLowerCase()],
  ['a host without a dot at its end', ({ host }) => host.endsWith('.')],
  ['a port from 1 to 65535', ({ url }) => url.port === '0'],
  ['a host as browsers write it', ({ host, url }) => url.hostname !== host || !HOST.test(host)],
  ['a path without . and ..', ({ text }) => DOT_SEGMENT.test(text)],
  ['plain ASCII, the rest percent-encoded', ({ text }) => UNSAFE.test(text)],
  [`at most ${LONGEST} characters`, ({ text }) => text.length > LONGEST],
];

/** As it can stand on an operator's terminal and in a log: user info is a secret. */
const shown = (value: unknown): string =>
  (JSON.stringify(value) ?? String(value))
    .replace(/\/\/[^/]*@/, '//***@')
    .slice(0, 100)
    .replaceAll(/[^\x20-\x7e]/gu, (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`);

function expectedOf(value: unknown): string | undefined {
  const authority = typeof value === 'string' ? AUTHORITY.exec(value)?.[1] : undefined;
  if (authority === undefined || !URL.canParse(value as string)) return 'an absolute http(s) address';
  const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '');
  const written = { text: value as string, authority, host, url: new URL(value as string) };
  return RULES.find(([, broken]) => broken(written))?.[0];
}

/**
 * What is wrong with an address that a site registers: it stands as browsers and libraries send it, character by
 * character, since it is compared so (RFC 9700 2.1).
 * @returns `undefined` when it is sound
 */
export function addressFault(value: unknown): string | undefined {
  const expected = expectedOf(value);
  return expected && `${expected} expected, not ${shown(value)}`;
}

/** Of an address that we call ourselves: not where a cloud tells its machines their secrets either. */
export function calledFault(value: unknown): string | undefined {
  const fault = addressFault(value);
  if (fault) return fault;
  return isNeverReached(new URL(value as string).hostname)
    ? `an address that may be called expected, not ${shown(value)}`
    : undefined;
}

const by = (faultOf: (value: unknown) => string | undefined) => (options?: ValidationOptions) =>
  ValidateBy(
    {
      name: 'address',
      validator: {
        validate: (value: unknown) => faultOf(value) === undefined,
        defaultMessage: (told) =>
          [told?.value as unknown]
            .flat()
            .map(faultOf)
            .find((fault) => fault !== undefined) ?? '',
      },
    },
    options,
  );

/** An address that browsers are sent to. */
export const IsAddress = by(addressFault);
/** An address that the service calls. */
export const IsCalledAddress = by(calledFault);
