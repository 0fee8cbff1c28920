import * as fc from 'fast-check';
import { TestCa } from '../../../test/support/ca.js';
import { readCertificate } from './certificate.js';
import { assertStrictDer, DerFault } from './der.js';

const isStrict = (hex: string): boolean => {
  try {
    assertStrictDer(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
    return true;
  } catch (fault) {
    if (fault instanceof DerFault) return false;
    throw fault;
  }
};

describe('strict DER, before any library (X.690 §10)', () => {
  it.each([
    ['an integer', '020101', true],
    ['a sequence of two', '3006020101020102', true],
    ['nothing', '', false],
    ['bytes behind the end', '02010100', false],
    ['cut off', '020201', false],
    ['an indefinite length', '30800201010000', false],
    ['a long length that could be short', '3081030201 01', false],
    ['a length with a zero before it', `30820003020101`, false],
    ['a length of five bytes', '308500000000 03020101', false],
    ['a tag number of several bytes', '1f8101 00', false],
    ['an integer with a needless zero', '02020001', false],
    ['an integer with needless ones', '0202ff80', false],
    ['an integer of no bytes', '0200', false],
    ['a truth that is 1', '010101', false],
    ['a truth that is FF', '0101ff', true],
    ['a null with content', '050100', false],
    ['bits with a wrong count', '03020801', false],
    ['bits that are left over and set', '03020103', false],
    ['a string in pieces', '2404 0402 6162', false],
    ['a sequence without its form', '1003020101', false],
    ['a time without seconds', '170b 323631313234313230305a', false],
    ['a time', '170d 3236313132343132303030305a', true],
    ['an object identifier that does not end', '060180', false],
  ])('%s', (_what, hex, expected) => {
    expect(isStrict(hex)).toBe(expected);
  });

  it('20,000 levels are refused, and so is a megabyte of them, in no time', () => {
    let bomb = Buffer.from('0500', 'hex');
    for (let depth = 0; depth < 2000; depth += 1) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bomb.length);
      const short = length.subarray(length.findIndex((byte) => byte !== 0));
      const head = bomb.length < 128 ? [0x30, bomb.length] : [0x30, 0x80 | short.length, ...short];
      bomb = Buffer.concat([Buffer.from(head), bomb]);
    }
    const begun = performance.now();
    expect(isStrict(bomb.toString('hex'))).toBe(false);
    expect(isStrict('30'.repeat(500_000))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(100);
  });
});

describe('reading a certificate', () => {
  const { der } = TestCa.root('p256').issues();
  const faulty = (bytes: Buffer): boolean => {
    try {
      readCertificate(bytes);
      return false;
    } catch (fault) {
      if (fault instanceof DerFault) return true;
      throw fault;
    }
  };

  it('reads one, keeps its very bytes, and names its parts', () => {
    const read = readCertificate(der);
    expect(read.der).toEqual(der);
    expect(read.version).toBe(3);
    expect(read.subjectParts.map(([type]) => type)).toEqual(['2.5.4.6', '2.5.4.10', '2.5.4.11', '2.5.4.3']);
  });

  it('a byte more, a byte less, 17 KB, and a name with NUL or turned text are none', () => {
    const root = TestCa.root('p256');
    expect(faulty(Buffer.concat([der, Buffer.from([0])]))).toBe(true);
    expect(faulty(der.subarray(0, -1))).toBe(true);
    const long = [['2.5.29.17', Buffer.alloc(17 * 1024, 5), false]] as const;
    expect(() => root.issues({ extensions: long })).toThrow(DerFault);
    for (const text of ['公司\u0000攻击', '公司\u202e攻击', '公司\u200b攻击', '公司\n攻击']) {
      expect(() => root.issues({ subject: [['CN', text]] })).toThrow(DerFault);
    }
    expect(() => root.issues({ subject: [['CN', '长'.repeat(30_000)]] })).toThrow(DerFault);
  });

  it('any bytes, and any certificate with a byte changed, are read or refused: never another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => faulty(Buffer.from(bytes))),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(der);
        changed[at] = byte;
        faulty(changed);
      }),
      { numRuns: 500 },
    );
  });
});
