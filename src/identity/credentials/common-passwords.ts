import { readFileSync } from 'node:fs';

/**
 * The commonest passwords that pass the other rules, one a line, lower case: those among the 5000 of zxcvbn 4.4.2
 * (Dropbox, MIT licence), and the patterns of Chinese favourites (lucky numbers, surnames, years, 5201314).
 */
const common = new Set(
  readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean),
);

/** Upper case and a trailing `!` or `.` make a common password no better. */
export const isCommon = (text: string): boolean => {
  const plain = text.toLowerCase();
  return common.has(plain) || common.has(plain.replace(/[!.]+$/, ''));
};
