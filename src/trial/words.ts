import type { Language } from '../locales/texts.js';
import { en } from './en.js';
import type { Words } from './en.js';
import { zh } from './zh.js';

const WORDS: Record<Language, Words> = { en, 'zh-CN': zh };

export const wordsIn = (language: Language): Words => WORDS[language];
