import { refusalText } from '../locales/texts.js';
import type { Refusal } from '../shared/refusal.js';
import type { PageContext } from './page-context.js';

/** A refusal in words; of a field of several lines, which one it is about. */
export function faultText({ t, language }: PageContext, refusal: Refusal): string {
  const line = Number(refusal.values['line'] ?? 0);
  return `${line > 0 ? t.web.atLine({ line }) : ''}${refusalText(language, refusal)}`;
}
