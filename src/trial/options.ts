import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Language } from '../locales/texts.js';
import { en } from './en.js';
import type { Algorithm } from './trial-keys.js';

/** What the tester is told about a portal. */
export interface TrialOptions {
  /** Origin of the portal. */
  portal: string;
  /** Where a login begins. */
  login: URL;
  /** A page that tells by itself whether somebody is logged in. */
  page: URL;
  /** What that page shows to somebody logged in alone. */
  pageShows?: string;
  level: number;
  levelPage?: URL;
  levelShows?: string;
  /** Where the login for that level begins: the page itself, unless given. */
  stepUp?: URL;
  /** Whom the page of that level is for, if not for everybody. */
  kind?: 'person' | 'entity';
  logout?: URL;
  backchannel?: URL;
  /** Ids of the button or link to press on the pages of login and logout. */
  loginPress?: string;
  logoutPress?: string;
  /** Further origins that belong to the portal. */
  also: string[];
  port: number;
  host?: string;
  issuer?: string;
  alg: Algorithm;
  language: Language;
  json?: string;
  only: string[];
  waitSeconds: number;
  patienceSeconds: number;
}

const text = { type: 'string' } as const;
const OPTIONS = {
  settings: text,
  login: text,
  page: text,
  'page-shows': text,
  level: text,
  'level-page': text,
  'level-shows': text,
  'step-up': text,
  kind: text,
  logout: text,
  backchannel: text,
  'login-press': text,
  'logout-press': text,
  also: { type: 'string', multiple: true },
  port: text,
  host: text,
  issuer: text,
  alg: text,
  lang: text,
  json: text,
  only: text,
  wait: text,
  patience: text,
} as const;

/** As the guide has to name them. */
export const OPTION_NAMES = Object.keys(OPTIONS);

type Name = keyof typeof OPTIONS;
type Values = Partial<Record<Exclude<Name, 'also'>, string>> & { also?: string[] };

const LANGUAGES: Record<string, Language> = { zh: 'zh-CN', en: 'en' };

/** @throws {Error} for what is not there */
function oneOf<T>(name: string, value: string, table: Record<string, T>): T {
  const found = Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined) throw new Error(`--${name}: one of ${Object.keys(table).join(', ')} expected`);
  return found;
}

function wholeNumber(name: Name, value: string, most: number): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Infinity;
  if (number > most) throw new Error(`--${name}: a number from 0 to ${most} expected`);
  return number;
}

function httpUrl(name: string, value: string, base?: string): URL {
  const url = URL.parse(value, base);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${name}: an http or https address expected`);
  return url;
}

/** @throws {Error} for an id that no line has */
function linesIn(only: string | undefined): string[] {
  const ids = only?.split(',') ?? [];
  const unknown = ids.find((id) => !Object.hasOwn(en.checks, id));
  if (unknown !== undefined) throw new Error(`--only: ${unknown}: no such line`);
  return ids;
}

/** The settings of a file, named as the options are. */
async function settingsIn(file: string | undefined): Promise<Values> {
  if (file === undefined) return {};
  const values = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown !== undefined) throw new Error(`${file}: ${unknown}: no such option`);
  const entries = Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]);
  return Object.fromEntries(entries) as Values;
}

/**
 * Reads the command line of `sites try`.
 * @param language where none is asked for
 * @throws {Error} in words, for what cannot be so
 */
export async function optionsOf(words: string[], language: Language = 'en'): Promise<TrialOptions> {
  const { values, positionals } = parseArgs({ args: words, options: OPTIONS, allowPositionals: true });
  const given: Values = { ...(await settingsIn(values.settings)), ...values };
  if (positionals.length > 1)
    throw new Error(`${positionals[1]}: one address is expected; write "npm run try --", with the dashes, before it`);
  const start = httpUrl('the portal', positionals[0] ?? '');
  const at = (name: Exclude<Name, 'also'>): URL | undefined => {
    const value = given[name];
    return value === undefined ? undefined : httpUrl(`--${name}`, value, start.href);
  };
  const page = at('page') ?? start;
  const { kind } = given;
  return {
    portal: start.origin,
    login: at('login') ?? page,
    page,
    pageShows: given['page-shows'],
    level: wholeNumber('level', given.level ?? '1', 3),
    levelPage: at('level-page'),
    levelShows: given['level-shows'],
    stepUp: at('step-up') ?? at('level-page'),
    kind: kind === undefined ? undefined : oneOf('kind', kind, { person: 'person', entity: 'entity' } as const),
    logout: at('logout'),
    backchannel: at('backchannel'),
    loginPress: given['login-press'],
    logoutPress: given['logout-press'],
    also: (given.also ?? []).map((one) => httpUrl('--also', one).origin),
    port: wholeNumber('port', given.port ?? '3010', 65_535),
    host: given.host,
    issuer: at('issuer')?.href.replace(/\/$/, ''),
    alg: oneOf('alg', given.alg ?? 'RS256', { RS256: 'RS256', ES256: 'ES256' } as const),
    language: given.lang === undefined ? language : oneOf('lang', given.lang, LANGUAGES),
    json: given.json,
    only: linesIn(given.only),
    waitSeconds: wholeNumber('wait', given.wait ?? '300', 3600),
    patienceSeconds: wholeNumber('patience', given.patience ?? '90', 600),
  };
}
