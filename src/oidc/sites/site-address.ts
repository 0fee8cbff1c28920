import { ValidateBy } from 'class-validator';
import type { ValidationOptions } from 'class-validator';
import { isNeverReached } from '../../gateways/outbound.js';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';

interface Written {
  text: string;
  /** What stands between `//` and the path, as it is written. */
  authority: string;
  host: string;
  url: URL;
}

const LONGEST = 2000;
/** What texts of refusals name of an address. */
export const ADDRESS_WORDS = { longest: LONGEST, https: 'https://', punycode: 'xn--' };
const AUTHORITY = /^https?:\/\/([^/?#\\]*)/;
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/;
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?=[/?]|$)/i;
const UNSAFE = /[^\x21-\x7e]|[\\"<>^`{|}]/;

type Rule = readonly [code: RefusalCode, expected: string, broken: (written: Written) => boolean];

/** What an address may not have, each with its refusal and what is expected instead; judged in this order. */
const RULES: readonly Rule[] = [
  ['site.address-user-info', 'an address without user info', ({ authority }) => authority.includes('@')],
  ['site.address-fragment', 'an address without a fragment', ({ text }) => text.includes('#')],
  ['site.address-wildcard', 'an address without a wildcard', ({ host }) => host.includes('*')],
  ['site.address-ascii', 'a host in its ASCII form (xn--…)', ({ host }) => /[^\x21-\x7e]/.test(host)],
  ['site.address-lower-case', 'a host in lower case', ({ host }) => host !== host.toLowerCase()],
  ['site.address-trailing-dot', 'a host without a dot at its end', ({ host }) => host.endsWith('.')],
  ['site.address-port', 'a port from 1 to 65535', ({ url }) => url.port === '0'],
  ['site.address-host', 'a host as browsers write it', ({ host, url }) => url.hostname !== host || !HOST.test(host)],
  ['site.address-dots', 'a path without . and ..', ({ text }) => DOT_SEGMENT.test(text)],
  ['site.address-plain', 'plain ASCII, the rest percent-encoded', ({ text }) => UNSAFE.test(text)],
  ['site.address-long', `at most ${LONGEST} characters`, ({ text }) => text.length > LONGEST],
];

/** As it can stand on an operator's terminal and in a log: user info is a secret. */
export const shown = (value: unknown): string =>
  (JSON.stringify(value) ?? String(value))
    .replace(/\/\/[^/]*@/, '//***@')
    .slice(0, 100)
    .replaceAll(/[^\x20-\x7e]/gu, (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`);

const ABSOLUTE: Rule = ['site.address-absolute', 'an absolute http(s) address', () => true];
const CALLED: Rule = [
  'site.address-never-called',
  'an address that may be called',
  ({ url }) => isNeverReached(url.hostname),
];

function broken(value: unknown, rules: readonly Rule[]): Rule | undefined {
  const authority = typeof value === 'string' ? AUTHORITY.exec(value)?.[1] : undefined;
  if (authority === undefined || !URL.canParse(value as string)) return ABSOLUTE;
  const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '');
  const written = { text: value as string, authority, host, url: new URL(value as string) };
  return rules.find(([, , isBroken]) => isBroken(written));
}

const told = (rule: Rule | undefined, value: unknown): string | undefined =>
  rule && `${rule[1]} expected, not ${shown(value)}`;

/**
 * What is wrong with an address that a site registers: it stands as browsers and libraries send it, character by
 * character, since it is compared so (RFC 9700 2.1).
 * @returns `undefined` when it is sound
 */
export const addressFault = (value: unknown): string | undefined => told(broken(value, RULES), value);

/** Of an address that we call ourselves: not where a cloud tells its machines their secrets either. */
export const calledFault = (value: unknown): string | undefined => told(broken(value, [...RULES, CALLED]), value);

/** The same as a refusal on a form; a rule for addresses that are called counts for those alone. */
export function addressRefusal(value: unknown, isCalled: boolean): Refusal | undefined {
  const code = broken(value, isCalled ? [...RULES, CALLED] : RULES)?.[0];
  return code && new Refusal(code, { values: ADDRESS_WORDS });
}

const by = (name: string, faultOf: (value: unknown) => string | undefined) => (options?: ValidationOptions) =>
  ValidateBy(
    {
      name,
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
export const IsAddress = by('address', addressFault);
/** An address that the service calls. */
export const IsCalledAddress = by('calledAddress', calledFault);
