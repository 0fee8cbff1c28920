import { globSync, readFileSync } from 'node:fs';
import { zh } from '../src/locales/zh.js';

const specs = [...globSync('src/**/*.spec.{ts,tsx}'), ...globSync('test/{journeys,browser}/*.spec.ts')].map((file) =>
  readFileSync(file, 'utf8'),
);

/** Whether a spec names a code as it stands: `sms.unclear` is not in `sms.unclear-again`. */
const isNamed = (code: string): boolean => {
  const whole = new RegExp(`(?<![\\w.-])${code.replaceAll('.', String.raw`\.`)}(?![\\w-])`);
  return specs.some((text) => whole.test(text));
};

describe('every refusal (DESIGN 8.9)', () => {
  it('is named by the spec that provokes it', () => {
    expect(isNamed('login.nobody-has-this-code')).toBe(false);
    expect(Object.keys(zh.refusals).filter((code) => !isNamed(code))).toEqual([]);
  });
});
