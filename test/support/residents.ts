import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Resident {
  name: string;
  idNumber: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const DIGITS = '零一二三四五六七八九';

/** A fictional number with a right check digit (GB 11643). @param at makes it another one */
function numberOf(at: number): string {
  const digits = `420106198001${String(1 + (at % 28)).padStart(2, '0')}${String(at).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return digits + '10X98765432'[sum % 11];
}

/** People of a test's own, each for one account, and the file that makes the stub verifier know them. */
export function residentsFile(count: number): { residents: Resident[]; file: string } {
  const residents = Array.from({ length: count }, (_, at) => ({
    name: `甄${[...String(at)].map((digit) => DIGITS[Number(digit)]).join('')}`,
    idNumber: numberOf(at),
  }));
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-residents-')), 'residents.json');
  writeFileSync(file, JSON.stringify(residents));
  return { residents, file };
}
