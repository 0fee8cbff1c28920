import type { RefusalCode } from '../../src/locales/texts.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { Attacker, GROUPS, Stand, by, refusedFor } from '../support/attacks.js';
import type { Place } from '../support/attacks.js';
import { ALGORITHMS, OTHER_CODE, TestCa, printable } from '../support/ca.js';
import type { Wanted } from '../support/ca.js';
import { authorityEntry } from '../support/signing.js';

const EXTENSION = '1.2.156.10260.4.1.4';
const ID_NUMBER = '420106198506121028';
const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Coding root')]));
const rootOf = (algorithm: KeyAlgorithm) => roots.get(algorithm) as TestCa;

type Written = (code: string) => Wanted;
const subject =
  (...parts: readonly (readonly [string, string])[]): Written =>
  () => ({ subject: [['C', 'CN'], ['CN', '某单位'], ...parts] });
const inUnit =
  (turn: (code: string) => string): Written =>
  (code) =>
    subject(['OU', turn(code)])(code);
const inExtension =
  (turn: (code: string) => Buffer): Written =>
  (code) => ({ ...subject()(code), extensions: [[EXTENSION, turn(code), false]] });

const at = (text: string, place: number, letter: string) => text.slice(0, place) + letter + text.slice(place + 1);
const full = (text: string) => text.replace(/[0-9A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));

/** What there is to read, and what is told at either place. */
const UNREADABLE: readonly (readonly [no: string, what: string, code: RefusalCode, written: Written])[] = [
  ['29', 'with O for 0', 'certificate.code-missing', inUnit((code) => code.replace('0', 'O'))],
  ['29', 'with I for 1', 'certificate.code-missing', inUnit((code) => code.replace('1', 'I'))],
  ['29', 'with S for 5', 'certificate.code-missing', inUnit((code) => at(code, 8, 'S'))],
  ['29', 'with a Cyrillic М for M', 'certificate.code-missing', inUnit((code) => code.replace('M', 'М'))],
  [
    '29',
    'with a wrong check character',
    'certificate.code-missing',
    inUnit((code) => at(code, 17, code[17] === '0' ? '1' : '0')),
  ],
  ['29', 'with a character too many', 'certificate.code-missing', inUnit((code) => `${code}0`)],
  [
    '30',
    'with two different ones in two places',
    'certificate.code-ambiguous',
    (code) => subject(['OU', code], ['serialNumber', OTHER_CODE])(code),
  ],
  [
    '30',
    'with two different ones in one place',
    'certificate.code-ambiguous',
    (code) => subject(['OU', code], ['OU', OTHER_CODE])(code),
  ],
  [
    '30',
    'with another one in the extension',
    'certificate.code-ambiguous',
    (code) => ({ ...subject(['OU', OTHER_CODE])(code), extensions: [[EXTENSION, printable(code), false]] }),
  ],
  ['31', 'with the code in the common name only', 'certificate.code-missing', (code) => ({ subject: [['CN', code]] })],
  [
    '31',
    'with the code in a place that does not count',
    'certificate.code-missing',
    (code) => subject(['O', code], ['2.5.4.13', code])(code),
  ],
  [
    '31',
    'with the code somewhere in a text',
    'certificate.code-missing',
    inUnit((code) => `统一社会信用代码：${code}（示例）`),
  ],
  ['31', 'with none', 'certificate.code-missing', subject()],
  ['31', 'with an extension of 65 bytes', 'certificate.code-missing', inExtension(() => Buffer.alloc(65, 0x41))],
  [
    '32',
    'with NUL inside the code’s extension',
    'certificate.code-missing',
    inExtension((code) => printable(`${code.slice(0, 9)}\u0000${code.slice(9)}`)),
  ],
  [
    '35',
    'of the representative in person',
    'certificate.code-missing',
    () => ({
      subject: [
        ['C', 'CN'],
        ['CN', '李四'],
        ['serialNumber', ID_NUMBER],
      ],
      extensions: [['1.2.156.10260.4.1.1', printable(ID_NUMBER), false]],
    }),
  ],
];
const OTHERS: Record<Place, RefusalCode> = { login: 'certificate.no-account', binding: 'certificate.code-differs' };

/** Spellings of one code. */
const SPELLINGS: readonly (readonly [no: string, what: string, written: Written])[] = [
  ['28', 'in lower case', inUnit((code) => code.toLowerCase())],
  ['28', 'in full width', inUnit(full)],
  ['28', 'with spaces and a dash', inUnit((code) => ` ${code.slice(0, 8)} ${code.slice(8, 16)}-${code.slice(16)} `)],
  ['28', 'in two places the same', (code) => subject(['OU', code], ['serialNumber', code])(code)],
  ['28', 'in the extension as text', inExtension(printable)],
  ['28', 'in the extension without a tag', inExtension((code) => Buffer.from(code))],
];

describe('credit codes in certificates (hebei, DOMAIN 7)', () => {
  let stand: Stand;
  const issues = (algorithm: KeyAlgorithm, written: Written) =>
    rootOf(algorithm).issues(written(stand.company.creditCode));

  beforeAll(async () => {
    const creditCode = [{ attribute: 'serialNumber' }, { attribute: 'OU' }, { extension: EXTENSION }];
    stand = await Stand.at(
      'hebei',
      [...roots.values()].map((root) => authorityEntry(root, { creditCode })),
    );
  });
  afterAll(async () => stand.close());

  describe.each(GROUPS)('at the %s, %s, in %s', (place, algorithm, language) => {
    let attacker: Attacker;
    beforeAll(() => {
      attacker = new Attacker(stand, place, language);
    });

    it.each(UNREADABLE)('R-6.2 no. %s: a certificate %s is refused', async (_no, _what, code, written) => {
      expect(await attacker.tries(by(issues(algorithm, written)))).toBe(refusedFor(code));
    });

    it('R-6.2 no. 31: another company’s certificate is refused', async () => {
      const others = issues(algorithm, () => subject(['OU', OTHER_CODE])(OTHER_CODE));
      expect(await attacker.tries(by(others))).toBe(refusedFor(OTHERS[place]));
    });
  });

  describe.each(ALGORITHMS)('%s', (algorithm) => {
    it.each(SPELLINGS)(
      'R-6.2 no. %s: a code %s is the account’s own, and logs in once it is bound',
      async (_no, _what, written) => {
        const issued = issues(algorithm, written);
        await stand.binds(issued);
        expect(await stand.logsIn(issued)).toBe('logged in');
        await stand.unbindsAll();
      },
    );
  });

  it('R-6.3 no. 34: whoever presents it, a certificate opens the account that it is bound to', async () => {
    const issued = issues(
      'sm2',
      inUnit((code) => code),
    );
    await stand.binds(issued);
    const page = await stand.opens();
    await stand.sends(page, await by(issued)(page));
    expect(stand.site.lastLogin.claims).toMatchObject({ sub: stand.account, acr: 'urn:tongxing:level:3' });
  });

  it('the log holds no certificate, no code and no name', () => expect(stand.leaks()).toEqual([]));
});
