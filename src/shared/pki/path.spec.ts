import { ALGORITHMS, CODE, TestCa, keyOf, printable } from '../../../test/support/ca.js';
import type { Issued } from '../../../test/support/ca.js';

import { Refusal } from '../refusal.js';
import type { Certificate } from './certificate.js';
import { trustedChain } from './path.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const DAY = 86_400_000;

function verdict(leaf: Certificate, anchors: TestCa[], intermediates: TestCa[] = [], offered: TestCa[] = []): string {
  const store = {
    anchors: anchors.map(({ certificate }) => certificate),
    intermediates: intermediates.map(({ certificate }) => certificate),
  };
  try {
    return `chain of ${
      trustedChain(
        leaf,
        offered.map(({ certificate }) => certificate),
        store,
        NOW,
      ).length
    }`;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}

describe.each(ALGORITHMS)('the path of a certificate (%s, R-6.5)', (algorithm) => {
  const root = TestCa.root(algorithm, 'Root', NOW);
  const middle = root.below('Middle');
  const judged = (issued: Issued, more: TestCa[] = []) => verdict(issued.certificate, [root], [middle, ...more]);

  it('an honest one passes, below the root, below an intermediate, and with PSS or a longer hash', () => {
    expect(judged(root.issues())).toBe('chain of 2');
    expect(judged(middle.issues())).toBe('chain of 3');
    expect(judged(middle.issues({ signing: { hash: 'sha512' } }))).toBe('chain of 3');
    expect(judged(middle.issues({ signing: { hash: 'sha384', pss: true } }))).toBe('chain of 3');
  });

  it('an intermediate that comes along will do, in any order; an unknown one is a way to nothing', () => {
    const low = middle.below('Low');
    const leaf = low.issues().certificate;
    expect(verdict(leaf, [root], [], [low, middle])).toBe('chain of 4');
    expect(verdict(leaf, [root], [], [middle, low])).toBe('chain of 4');
    expect(verdict(leaf, [root], [middle])).toBe('certificate.untrusted');
    expect(verdict(leaf, [], [middle, low])).toBe('certificate.untrusted');
  });

  it('dates: the Clock decides, with five minutes of skew at the beginning and none at the end', () => {
    expect(judged(root.issues({ expired: true }))).toBe('certificate.expired');
    expect(judged(root.issues({ notYet: true }))).toBe('certificate.not-yet-valid');
    const at = (ms: number) => new Date(NOW.getTime() + ms);
    expect(judged(root.issues({ notBefore: at(240_000) }))).toBe('chain of 2');
    expect(judged(root.issues({ notBefore: at(360_000) }))).toBe('certificate.not-yet-valid');
    expect(judged(root.issues({ notAfter: at(-1000) }))).toBe('certificate.expired');
    expect(judged(root.issues({ notAfter: new Date('2061-01-01T00:00:00Z') }))).toBe('chain of 2');
    const old = root.below('Old', { notAfter: at(-DAY) });
    expect(judged(old.issues(), [old])).toBe('certificate.expired');
  });

  it('a twin of the authority, same names, another key: forged beside the true one, untrusted alone', () => {
    const twin = TestCa.root(algorithm, 'Root', NOW, { key: keyOf(algorithm, 'twin') });
    expect(judged(twin.issues())).toBe('certificate.forged');
    expect(verdict(twin.issues().certificate, [TestCa.root(algorithm, 'Elsewhere', NOW)])).toBe(
      'certificate.untrusted',
    );
    expect(verdict(root.issues().certificate, [twin, root])).toBe('chain of 2');
  });

  it('an altered byte of what is signed: forged', () => {
    const der = Buffer.from(root.issues({ code: CODE }).der);
    der[der.indexOf(CODE)] = '8'.charCodeAt(0);
    expect(judged({ ...root.issues(), certificate: { ...root.issues().certificate, tbs: der } })).toBe(
      'certificate.forged',
    );
  });

  it('only an authority issues, no further down than its path length says', () => {
    const leaf = root.issues();
    const upstart = new (class {
      certificate = leaf.certificate;
    })() as TestCa;
    const issuedByLeaf = Object.assign(Object.create(TestCa.prototype) as TestCa, {
      name: [
        ['C', 'CN'],
        ['O', '武汉示例科技有限公司'],
        ['OU', CODE],
        ['CN', '武汉示例科技有限公司'],
      ],
      algorithm,
      key: leaf.key,
      now: NOW,
    });
    expect(verdict(issuedByLeaf.issues().certificate, [root], [upstart])).toBe('certificate.untrusted');
    const last = root.below('Last', { authority: { pathLength: 0 } });
    expect(judged(last.issues(), [last])).toBe('chain of 3');
    const tooFar = last.below('Too far');
    expect(judged(tooFar.issues(), [last, tooFar])).toBe('certificate.untrusted');
    const noSigner = root.below('No signer', { usage: ['cRLSign'] });
    expect(judged(noSigner.issues(), [noSigner])).toBe('certificate.untrusted');
  });

  it('six certificates at most, and a circle of authorities is no way', () => {
    const chain = [root];
    for (let depth = 1; depth < 7; depth += 1) chain.push((chain.at(-1) as TestCa).below(`Level ${depth}`));
    const leafBelow = (depth: number) => (chain[depth] as TestCa).issues().certificate;
    expect(verdict(leafBelow(4), [root], chain.slice(1))).toBe('chain of 6');
    expect(verdict(leafBelow(5), [root], chain.slice(1))).toBe('certificate.untrusted');
    const one = TestCa.root(algorithm, 'One', NOW);
    const two = TestCa.root(algorithm, 'Two', NOW);
    const oneByTwo = two.below('One', { subject: one.name, key: one.key });
    const twoByOne = one.below('Two', { subject: two.name, key: two.key });
    expect(verdict(one.issues().certificate, [root], [oneByTwo, twoByOne])).toBe('certificate.untrusted');
  });

  it('what is not for signing, or no end entity: wrong use', () => {
    expect(judged(root.issues({ usage: ['keyEncipherment', 'dataEncipherment'] }))).toBe('certificate.wrong-use');
    expect(judged(root.issues({ usage: [] }))).toBe('certificate.wrong-use');
    expect(judged(root.issues({ usage: ['nonRepudiation'] }))).toBe('chain of 2');
    expect(judged(root.issues({ purposes: ['1.3.6.1.5.5.7.3.1'] }))).toBe('certificate.wrong-use');
    expect(judged(root.issues({ purposes: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] }))).toBe('chain of 2');
    expect(verdict(middle.certificate, [root])).toBe('certificate.wrong-use');
    expect(verdict(root.certificate, [root])).toBe('certificate.untrusted');
  });

  it('a critical extension that nobody here knows, and rules about policies: unsupported', () => {
    const unknown = ['1.2.3.4.5', printable('?'), true] as const;
    expect(judged(root.issues({ extensions: [unknown] }))).toBe('certificate.unsupported');
    expect(judged(root.issues({ extensions: [['1.2.3.4.5', printable('?'), false]] }))).toBe('chain of 2');
    const policies = ['2.5.29.36', Buffer.from('3003800100', 'hex'), false] as const;
    const strict = root.below('Strict', { extensions: [policies] });
    expect(judged(strict.issues(), [strict])).toBe('certificate.unsupported');
  });

  it('a name outside what the authority may certify: untrusted', () => {
    const others = TestCa.root(algorithm, '别的单位', NOW).certificate.subject;
    const own = root.issues().certificate.subject;
    const countryOnly = Buffer.from('300d310b300906035504061302434e', 'hex');
    const constraint = (tag: number, base: Buffer): Buffer => {
      const wrap = (mark: number, inside: Buffer) =>
        Buffer.concat([Buffer.from(inside.length < 128 ? [mark, inside.length] : [mark, 0x81, inside.length]), inside]);
      return wrap(0x30, wrap(tag, wrap(0x30, wrap(0xa4, base))));
    };
    const limited = (base: Buffer, tag = 0xa0) =>
      root.below(`Limited ${tag} ${base.toString('hex').slice(0, 60)}`, {
        extensions: [['2.5.29.30', constraint(tag, base), true]],
      });
    for (const [authority, expected] of [
      [limited(countryOnly), 'chain of 3'],
      [limited(own), 'chain of 3'],
      [limited(others), 'certificate.untrusted'],
      [limited(countryOnly, 0xa1), 'certificate.untrusted'],
      [limited(others, 0xa1), 'chain of 3'],
    ] as const) {
      expect([authority.name[1]?.[1], judged(authority.issues(), [authority])]).toEqual([
        authority.name[1]?.[1],
        expected,
      ]);
    }
  });

  it('version 1, and an algorithm named otherwise inside than outside: weak', () => {
    expect(judged(root.issues({ version: 1 }))).toBe('certificate.weak');
    const { certificate } = root.issues();
    const inner = { oid: certificate.algorithm.oid, der: Buffer.from('3000', 'hex') };
    expect(judged({ ...root.issues(), certificate: { ...certificate, innerAlgorithm: inner } })).toBe(
      'certificate.weak',
    );
  });
});

describe('strength (R-6.5)', () => {
  const root = TestCa.root('rsa', 'Root', NOW);
  it.each(['md5', 'sha1'] as const)('RSA with %s is refused', (hash) => {
    expect(verdict(root.issues({ signing: { hash } }).certificate, [root])).toBe('certificate.weak');
  });
  it('ECDSA with SHA-1 and RSA of 1024 bits are refused, as leaf and as authority', () => {
    const curve = TestCa.root('p256', 'Root', NOW);
    expect(verdict(curve.issues({ signing: { hash: 'sha1' } }).certificate, [curve])).toBe('certificate.weak');
    const small = keyOf('rsa', 'small', 1024);
    expect(verdict(root.issues({ key: small }).certificate, [root])).toBe('certificate.weak');
    const smallCa = root.below('Small', { key: small });
    expect(verdict(smallCa.issues().certificate, [root], [smallCa])).toBe('certificate.weak');
  });
  it('P-384 passes', () => {
    const root384 = TestCa.root('p384', 'Root', NOW);
    expect(verdict(root384.issues().certificate, [root384])).toBe('chain of 2');
  });
  it('an RSA leaf below an SM2 authority passes: the algorithm is the key’s', () => {
    const sm2 = TestCa.root('sm2', 'Root', NOW);
    expect(verdict(sm2.issues({ key: keyOf('rsa') }).certificate, [sm2])).toBe('chain of 2');
  });
});
