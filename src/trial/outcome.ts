import type { Words } from './en.js';

export type SeenName = keyof Words['seen'];
export type WhyName = keyof Words['skipped'];
export type Values = Record<string, string | number>;

/** A check has failed: what was seen instead, a text of `en.ts`. */
export class Failed extends Error {
  constructor(
    readonly seen: SeenName,
    readonly values: Values = {},
  ) {
    super(seen);
  }
}

/** A check cannot be made: why, a text of `en.ts`. */
export class Skipped extends Error {
  constructor(
    readonly why: WhyName,
    readonly values: Values = {},
  ) {
    super(why);
  }
}
