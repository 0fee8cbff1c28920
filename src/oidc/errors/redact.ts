/** What came, as it may be kept: in words, or its length alone; neither where nothing came. */
export interface Came {
  text?: string;
  /** In characters. */
  length?: number;
}

const LONGEST = 200;
const MOST_WORDS = 12;
const LEFT_OUT = '…';
/** Names of the protocol: lower case, or an algorithm's. What a generator makes of a secret is not of this form. */
const WORD = /^(?:[a-z][a-z_:./+-]{0,59}|[A-Z]{1,6})\d{0,3}$|^EdDSA$/;
const ADDRESS_PART = /^[A-Za-z0-9._~-]{0,32}$/;
const MOST_DIGITS = 5;
/** `oauth2` has one turn between letters and digits, `k3j2h4k5` seven: the more, the likelier a token. */
const DIGIT_TURN = /(?<=\d)[A-Za-z]|(?<=[A-Za-z])\d/g;
const MOST_DIGIT_TURNS = 2;
/** Of a longer part, turns between lower case, upper case and digits. */
const TURN = /(?<=[a-z])[A-Z\d]|(?<=[A-Z])[a-z\d]|(?<=\d)[A-Za-z]/g;
const MOST_TURNS = 4;
const LONG = 16;
const LONGEST_RUN = 24;
const SCHEME = /^[a-z][a-z.+-]{0,29}:$/;
const NUMBER = /^-?\d{1,5}(?:\.\d{1,2})?$/;
const OFFSET = /^[+-]\d{1,3} (?:d|h|min|s)$/;
const LONGEST_NAME = 16;
/** Parameters that hold a person's data, a secret or what stands for one; no text that has one of them in it is kept. */
const NEVER_SHOWN = [
  'access_token',
  'client_assertion',
  'client_secret',
  'code',
  'code_challenge',
  'code_verifier',
  'id_token_hint',
  'login_hint',
  'logout_hint',
  'nonce',
  'refresh_token',
  'state',
  'token',
];
const SHORTEST_SECRET = 4;

const countOf = (part: string, what: RegExp): number => part.match(what)?.length ?? 0;

function isPlain(part: string): boolean {
  if (!ADDRESS_PART.test(part) || countOf(part, /\d/g) > MOST_DIGITS) return false;
  const joined = part.replace(/[._~-]/g, '');
  if (countOf(joined, DIGIT_TURN) > MOST_DIGIT_TURNS) return false;
  return part.length <= LONG || (joined.length <= LONGEST_RUN && countOf(joined, TURN) <= MOST_TURNS);
}

const isNumbered = (host: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || /^\[[0-9a-f:.]+\]$/.test(host);

const shownHost = (host: string): string =>
  isNumbered(host)
    ? host
    : host
        .split('.')
        .map((label) => (isPlain(label) ? label : LEFT_OUT))
        .join('.');

/** An address without user info, query and fragment (marks say that they were there), and without what looks like a number or a token. */
export function shownAddress(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const { protocol, username, password, hostname, port, pathname, search, hash } = new URL(value);
  if (!SCHEME.test(protocol)) return undefined;
  const path = pathname
    .split('/')
    .map((part) => (isPlain(part) ? part : LEFT_OUT))
    .join('/');
  const user = username || password ? `${LEFT_OUT}@` : '';
  const marks = [search && `?${LEFT_OUT}`, hash && `#${LEFT_OUT}`].join('');
  return `${protocol}//${user}${shownHost(hostname)}${port && `:${port}`}${path}${marks}`.slice(0, LONGEST);
}

/** Names of the protocol, parted by a space each; whatever is none of them is left out. */
export function shownWords(value: string): string {
  const words = value.split(' ').slice(0, MOST_WORDS);
  return words
    .map((word) => (WORD.test(word) ? word : LEFT_OUT))
    .join(' ')
    .slice(0, LONGEST);
}

/** A Host header, with its port. */
const shownAuthority = (value: string) => /^http:\/\/([^/@]+)\/$/.exec(shownAddress(`http://${value}`) ?? '')?.[1];

const shownIf = (form: RegExp) => (value: string) => (form.test(value) ? value : undefined);
const shownName = (value: string) => (value.length <= LONGEST_NAME && isPlain(value) ? value : undefined);

/** The parameters whose values may be kept at all, each in its form. */
const FORMS: Partial<Record<string, (value: string) => string | undefined>> = {
  redirect_uri: shownAddress,
  post_logout_redirect_uri: shownAddress,
  aud: shownAddress,
  Origin: shownAddress,
  Host: shownAuthority,
  scope: shownWords,
  response_type: shownWords,
  response_mode: shownWords,
  prompt: shownWords,
  grant_type: shownWords,
  code_challenge_method: shownWords,
  token_endpoint_auth_method: shownWords,
  client_assertion_type: shownWords,
  alg: shownWords,
  'Content-Type': shownWords,
  max_age: shownIf(NUMBER),
  'Content-Length': shownIf(NUMBER),
  exp: shownIf(OFFSET),
  iat: shownIf(OFFSET),
  kid: shownName,
};

/**
 * A value as it may be kept: by an allow-list of parameters and the form that each has. No run of six digits, no
 * control character, nothing but ASCII and `…` is ever in it, and nothing of the request's own secrets.
 * @param request all its parameters
 */
export function redacted(parameter: string, value: unknown, request: Record<string, unknown>): Came {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value !== 'string') return { length: String(value).length };
  const text = FORMS[parameter]?.(value);
  const secrets = NEVER_SHOWN.map((name) => request[name]).filter(
    (secret) => typeof secret === 'string' && secret.length >= SHORTEST_SECRET,
  ) as string[];
  const leaks = text !== undefined && secrets.some((secret) => text.toLowerCase().includes(secret.toLowerCase()));
  return text === undefined || leaks ? { length: value.length } : { text };
}
