import { CODE, OTHER_CODE, TestCa, printable } from '../../../test/support/ca.js';
import type { Wanted } from '../../../test/support/ca.js';
import { Refusal } from '../refusal.js';
import { creditCodeOf } from './certificate-code.js';
import type { CodePlace } from './certificate-code.js';

const root = TestCa.root('p256');
const EXTENSION = '1.2.156.10260.4.1.4';
const PLACES: CodePlace[] = [
  { attribute: 'serialNumber' },
  { attribute: 'OU', pattern: '(?:^|@)([0-9A-Z-]{18,19})(?:@|$)' },
  { extension: EXTENSION },
];

function codeOf(wanted: Wanted, places = PLACES): string {
  try {
    return creditCodeOf(root.issues(wanted).certificate, places).reveal();
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}
const subject = (...parts: [string, string][]): Wanted => ({
  subject: [['C', 'CN'], ['CN', '武汉示例科技有限公司'], ...parts],
});
const written = (value: Buffer): Wanted => ({ ...subject(), extensions: [[EXTENSION, value, false]] });

describe('the credit code of a certificate (R-6.2)', () => {
  it('is found in each place its authority uses, in full width, lower case or with a dash', () => {
    expect(codeOf(subject(['serialNumber', CODE]))).toBe(CODE);
    expect(codeOf(subject(['OU', CODE]))).toBe(CODE);
    expect(codeOf(subject(['OU', `公司@${CODE}@01`]))).toBe(CODE);
    expect(codeOf(written(printable(CODE)))).toBe(CODE);
    expect(codeOf(written(Buffer.from(CODE)))).toBe(CODE);
    expect(codeOf(subject(['OU', 'x'], ['serialNumber', CODE.toLowerCase()]))).toBe(CODE);
    expect(codeOf(subject(['serialNumber', `${CODE.slice(0, 8)}-${CODE.slice(8)}`]))).toBe(CODE);
    expect(codeOf(written(Buffer.from(`\u000c\u0012${CODE}`)))).toBe(CODE);
  });

  it('the same one in two places is one; two different ones are a refusal', () => {
    expect(codeOf(subject(['serialNumber', CODE], ['OU', CODE]))).toBe(CODE);
    expect(codeOf(subject(['serialNumber', CODE], ['OU', OTHER_CODE]))).toBe('certificate.code-ambiguous');
    expect(codeOf(subject(['serialNumber', CODE], ['serialNumber', OTHER_CODE]))).toBe('certificate.code-ambiguous');
  });

  it('a look-alike, a wrong check character, a place that does not count, or none at all: missing', () => {
    for (const text of ['91420100MA4KABC110', '91420100MA4KABC1IX', '9142010OMA4KABC11X', '91420100МА4KABC11X', '']) {
      expect(codeOf(subject(['OU', `@${text}@`]))).toBe('certificate.code-missing');
    }
    expect(codeOf(subject(['O', CODE]))).toBe('certificate.code-missing');
    expect(codeOf(subject(['serialNumber', CODE]), [])).toBe('certificate.code-missing');
    expect(codeOf(written(Buffer.alloc(65, 0x41)))).toBe('certificate.code-missing');
  });
});
