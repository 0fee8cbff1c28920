import type { Language } from '../locales/texts.js';

const LANGUAGE_COOKIE = 'lang';
const SIZE_COOKIE = 'size';

const one = (tag: string | undefined): Language | undefined => {
  const lower = tag?.trim().toLowerCase() ?? '';
  if (lower.startsWith('zh')) return 'zh-CN';
  return lower.startsWith('en') ? 'en' : undefined;
};

const first = (tags: readonly string[]): Language | undefined => tags.map(one).find((tag) => tag !== undefined);

/** The cookies of a request. */
export function cookiesOf(header: string | undefined): Record<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

const accepted = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(/;\s*q=/);
      return { tag, weight: q === undefined ? 1 : Number(q) };
    })
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);

export interface Preferences {
  language: Language;
  large: boolean;
}

/**
 * The language link (its cookie) is the newest word of the person; then the site's `ui_locales`, then the browser's
 * Accept-Language; Chinese where none of them says anything we speak.
 */
export function preferencesOf(
  headers: { cookie?: string; 'accept-language'?: string },
  uiLocales?: string,
): Preferences {
  const cookies = cookiesOf(headers.cookie);
  const language =
    one(cookies[LANGUAGE_COOKIE]) ?? first((uiLocales ?? '').split(' ')) ?? first(accepted(headers['accept-language']));
  return { language: language ?? 'zh-CN', large: cookies[SIZE_COOKIE] === 'large' };
}

const YEAR_SECONDS = 365 * 24 * 3600;

/** What the links 大字版 and English set. @returns `undefined` for anything else */
export function preferenceCookie(name: unknown, value: unknown): string | undefined {
  const known =
    (name === LANGUAGE_COOKIE && (value === 'zh-CN' || value === 'en')) ||
    (name === SIZE_COOKIE && (value === 'large' || value === 'standard'));
  return known ? `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax` : undefined;
}
