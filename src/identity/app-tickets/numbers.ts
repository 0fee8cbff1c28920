import { randomInt } from 'node:crypto';

const LOWEST = 10;
const HIGHEST = 99;
const OFFERED = 3;

/** The number a waiting page shows, and three of 10–99 among which the app has its owner pick it. */
export function drawNumbers(): { number: number; numbers: number[] } {
  const drawn = new Set<number>();
  while (drawn.size < OFFERED) drawn.add(randomInt(LOWEST, HIGHEST + 1));
  const numbers = [...drawn];
  return { number: numbers[randomInt(OFFERED)] as number, numbers };
}

/** Reads the number that was picked; `undefined` for anything else than two digits. */
export function pickedNumber(raw: unknown): number | undefined {
  const number = typeof raw === 'string' && /^\d{2}$/.test(raw) ? Number(raw) : raw;
  return Number.isInteger(number) && Number(number) >= LOWEST && Number(number) <= HIGHEST ? Number(number) : undefined;
}
