import { en } from './en.js';
import { zh } from './zh.js';

export type Language = 'zh-CN' | 'en';
export type RefusalCode = keyof typeof zh.refusals;

/** The shape that every language fills; `zh` is the source. */
export type Texts = typeof zh;

const LANGUAGES: Record<Language, Texts> = { 'zh-CN': zh, en };

export const texts = (language: Language): Texts => LANGUAGES[language];

/** Replaces `{name}` by its value; a placeholder without a value stays, so that a test sees it. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** What a person reads about a refusal. */
export const refusalText = (
  language: Language,
  refusal: { code: RefusalCode; values: Record<string, string | number> },
): string => fill(LANGUAGES[language].refusals[refusal.code], refusal.values);
