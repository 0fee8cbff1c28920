import { ResidentId } from '../../src/shared/resident-id.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
let sequence = 0;

/** A resident ID number with a right check digit that no test has used yet. @param born `YYYY-MM-DD` */
export function fictionalId(born = '1990-01-01'): ResidentId {
  const digits = `420106${born.replaceAll('-', '')}${String((sequence += 1)).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(digits[at]), 0);
  return ResidentId.fromCanonical(`${digits}${'10X98765432'[sum % 11]}`);
}
