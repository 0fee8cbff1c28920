/** One check in words. */
export interface CheckWords {
  /** What the tester does. */
  done: string;
  /** What counts as passed. */
  expected: string;
  fix: string;
}

export const check = (done: string, expected: string, fix: string): CheckWords => ({ done, expected, fix });
