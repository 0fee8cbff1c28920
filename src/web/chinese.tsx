import type { ComponentChildren } from 'preact';
import type { PageContext } from './page-context.js';

const CHINESE = /([\p{Script=Han}·]+)/u;

/** On an English page, what is Chinese says so, or a screen reader spells it: a person's name, a place. */
export function withChinese({ language }: PageContext, text: string | undefined): ComponentChildren {
  if (language !== 'en' || !text || !CHINESE.test(text)) return text;
  return text.split(CHINESE).map((part, at) => (at % 2 === 1 ? <span lang="zh-CN">{part}</span> : part));
}
