import type { Language } from '../locales/texts.js';

/** The language that this machine speaks, by the first of POSIX's variables that is set; English unless it is Chinese. */
export function machineLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh-CN' : 'en';
}
