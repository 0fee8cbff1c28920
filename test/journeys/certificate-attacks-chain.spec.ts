import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { TrustedAuthorities } from '../../src/identity/certificates/trusted-authorities.service.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { Database } from '../../src/storage/transactions.js';
import { Attacker, GROUPS, Stand, but, by, refusedFor } from '../support/attacks.js';
import type { Attack, Move } from '../support/attacks.js';
import { ALGORITHMS, TestCa, keyOf, pem } from '../support/ca.js';
import type { Issued, Wanted } from '../support/ca.js';
import { Citizen } from '../support/citizen.js';
import { authorityEntry, signed } from '../support/signing.js';

const DAY_MS = 86_400_000;

/** An authority with an intermediate in the operator's file, and one that is not. */
function hierarchy(algorithm: KeyAlgorithm) {
  const root = TestCa.root(algorithm, 'Trusted root');
  return { root, known: root.below('Known middle'), unknown: root.below('Unknown middle') };
}
const trees = new Map(ALGORITHMS.map((algorithm) => [algorithm, hierarchy(algorithm)]));
const treeOf = (algorithm: KeyAlgorithm) => trees.get(algorithm) as ReturnType<typeof hierarchy>;
const chainOf = (...all: readonly { der: Buffer }[]) => all.map(({ der }) => pem(der)).join('');

/** A leaf, with these authorities' certificates behind it. */
const along = (leaf: Issued, ...offered: readonly { der: Buffer }[]): Move =>
  but(by(leaf), { certificate: chainOf(leaf, ...offered) });

/** A company's certificate that behaves as an authority. */
const upstart = (leaf: Issued, name: TestCa['name']): TestCa =>
  Object.assign(Object.create(TestCa.prototype) as TestCa, {
    name,
    algorithm: leaf.key.algorithm,
    key: leaf.key,
    now: new Date(),
  });

/** Subtrees of directory names that a certificate below may (0xa0) or may not (0xa1) lie in. */
function constraint(tag: number, base: Buffer): NonNullable<Wanted['extensions']>[number] {
  const wrap = (mark: number, inside: Buffer) =>
    Buffer.concat([Buffer.from(inside.length < 128 ? [mark, inside.length] : [mark, 0x81, inside.length]), inside]);
  return ['2.5.29.30', wrap(0x30, wrap(tag, wrap(0x30, wrap(0xa4, base)))), true];
}
const COUNTRY = Buffer.from('300d310b300906035504061302434e', 'hex');

const below = (ca: TestCa, stand: Stand, label: string, wanted: Wanted): Move => {
  const authority = ca.below(label, wanted);
  return along(stand.issues(authority), authority);
};

const ATTACKS: readonly Attack[] = [
  [
    '9',
    'below an intermediate that nobody sent along',
    'certificate.untrusted',
    (ca, stand) => by(stand.issues(treeOf(ca.algorithm).unknown)),
  ],
  [
    '9',
    'below an intermediate that leads nowhere',
    'certificate.untrusted',
    (ca, stand) => {
      const middle = TestCa.root(ca.algorithm, 'Nobody’s root').below('Nobody’s middle');
      return along(stand.issues(middle), middle);
    },
  ],
  [
    '9',
    'of an authority before the company’s own',
    'certificate.wrong-use',
    (ca, stand) => {
      const { unknown } = treeOf(ca.algorithm);
      const leaf = stand.issues(unknown);
      return but(by(leaf), { certificate: chainOf(unknown, leaf) });
    },
  ],
  [
    '10',
    'of a twin with the authority’s name and another key',
    'certificate.forged',
    (ca, stand) => {
      const twin = TestCa.root(ca.algorithm, 'Trusted root', new Date(), { key: keyOf(ca.algorithm, 'twin') });
      return along(stand.issues(twin), twin);
    },
  ],
  [
    '10',
    'of a twin of the intermediate',
    'certificate.forged',
    (ca, stand) => {
      const twin = TestCa.root(ca.algorithm, 'Nobody').below('Known middle', { key: keyOf(ca.algorithm, 'twin') });
      return along(stand.issues(twin), twin);
    },
  ],
  [
    '10',
    'signed by itself under the authority’s name',
    'certificate.forged',
    (ca) => {
      const twin = TestCa.root(ca.algorithm, 'Trusted root', new Date(), { key: keyOf(ca.algorithm, 'self') });
      return by({ der: twin.der, certificate: twin.certificate, key: twin.key });
    },
  ],
  [
    '10',
    'altered by a byte',
    'certificate.forged',
    (ca, stand) => {
      const issued = stand.issues(ca);
      const der = Buffer.from(issued.der);
      der[der.indexOf(stand.company.creditCode) + 17] = '0'.charCodeAt(0);
      return but(by(issued), { certificate: pem(der) });
    },
  ],
  [
    '11',
    'of an honest authority that is not in this province’s list',
    'certificate.untrusted',
    (ca, stand) => by(stand.issues(TestCa.root(ca.algorithm, 'Another province'))),
  ],
  [
    '11',
    'of one that brings its own root along',
    'certificate.untrusted',
    (ca, stand) => {
      const stranger = TestCa.root(ca.algorithm, 'Another province');
      return along(stand.issues(stranger), stranger);
    },
  ],
  [
    '13',
    'issued by a company’s certificate',
    'certificate.untrusted',
    (ca, stand) => {
      const leaf = stand.issues(ca);
      const name = [
        ['C', 'CN'],
        ['O', stand.company.name],
        ['OU', stand.company.creditCode],
        ['CN', stand.company.name],
      ] as const;
      return along(stand.issues(upstart(leaf, name)), leaf);
    },
  ],
  [
    '13',
    'issued by an authority that may only sign lists',
    'certificate.untrusted',
    (ca, stand) => below(ca, stand, 'Lists only', { usage: ['cRLSign'] }),
  ],
  [
    '14',
    'further down than the path length allows',
    'certificate.untrusted',
    (ca, stand) => {
      const last = ca.below('Last', { authority: { pathLength: 0 } });
      const tooFar = last.below('Too far');
      return along(stand.issues(tooFar), tooFar, last);
    },
  ],
  [
    '14',
    'with a name outside of what its authority may certify',
    'certificate.untrusted',
    (ca, stand) => {
      const others = TestCa.root(ca.algorithm, '别的单位').certificate.subject;
      return below(ca, stand, 'Others only', { extensions: [constraint(0xa0, others)] });
    },
  ],
  [
    '14',
    'with a name that its authority must not certify',
    'certificate.untrusted',
    (ca, stand) => below(ca, stand, 'Nobody here', { extensions: [constraint(0xa1, COUNTRY)] }),
  ],
  [
    '14',
    'at the end of seven',
    'certificate.untrusted',
    (ca, stand) => {
      const chain = [ca];
      for (let depth = 1; depth < 6; depth += 1) chain.unshift((chain[0] as TestCa).below(`Level ${depth}`));
      return along(stand.issues(chain[0] as TestCa), ...chain);
    },
  ],
  [
    '14',
    'of authorities that certify each other',
    'certificate.untrusted',
    (ca, stand) => {
      const [one, two] = [TestCa.root(ca.algorithm, 'One'), TestCa.root(ca.algorithm, 'Two')];
      const [oneByTwo, twoByOne] = [
        two.below('One', { subject: one.name, key: one.key }),
        one.below('Two', { subject: two.name, key: two.key }),
      ];
      return along(stand.issues(one), oneByTwo, twoByOne);
    },
  ],
  [
    '15',
    'of an authority with rules about policies',
    'certificate.unsupported',
    (ca, stand) => below(ca, stand, 'Strict', { extensions: [['2.5.29.36', Buffer.from('3003800100', 'hex'), false]] }),
  ],
  [
    '17',
    'of an authority that has ended',
    'certificate.expired',
    (ca, stand) => below(ca, stand, 'Ended', { notAfter: new Date(Date.now() - DAY_MS) }),
  ],
  [
    '22',
    'with ten more behind it',
    'certificate.malformed',
    (ca, stand) => along(stand.issues(ca), ...Array.from({ length: 10 }, () => ca)),
  ],
];

describe('chains that lead to nobody who is trusted (hubei, DOMAIN 7)', () => {
  let stand: Stand;
  beforeAll(async () => {
    const entries = [...trees.values()].map(({ root, known }) =>
      authorityEntry(root, { certificates: [root, known].map(({ der }) => pem(der)) }),
    );
    const second = TestCa.root('p256', 'Second root');
    stand = await Stand.at('hubei', [...entries, authorityEntry(second, { id: 'second' })]);
  });
  afterAll(async () => stand.close());

  describe.each(GROUPS)('at the %s, %s, in %s', (place, algorithm, language) => {
    let attacker: Attacker;
    beforeAll(() => {
      attacker = new Attacker(stand, place, language);
    });

    it.each(ATTACKS)('R-6.5 no. %s: one %s is refused', async (_no, _what, code, move) => {
      expect(await attacker.tries(move(treeOf(algorithm).root, stand))).toBe(refusedFor(code));
    });
  });

  describe.each(ALGORITHMS)('%s', (algorithm) => {
    afterEach(async () => stand.unbindsAll());

    const opened = async (move: Move): Promise<string> => {
      const page = await stand.opens();
      const done = await stand.sends(page, await move(page));
      return stand.outcome(page, done);
    };

    it('R-6.3 no. 9: an intermediate of the operator’s file need not come along; another may, in any order', async () => {
      const { root, known, unknown } = treeOf(algorithm);
      const [one, two] = [stand.issues(known), stand.issues(unknown)];
      await stand.binds(one);
      await bindsWith(stand, two, unknown);
      expect(await opened(by(one))).toBe('logged in');
      expect(await opened(along(two, unknown, root))).toBe('logged in');
      expect(await opened(along(two, root, known, unknown))).toBe('logged in');
    });

    it('R-6.5 no. 33: a renewed certificate, of the same key too, is not bound, and is offered for binding', async () => {
      const { root } = treeOf(algorithm);
      const old = stand.issues(root);
      await stand.binds(old);
      expect(await stand.logsIn(old)).toBe('logged in');
      const page = await stand.opens();
      const refused = await stand.sends(page, signed(page, stand.issues(root)));
      expect(await stand.outcome(page, refused)).toBe(refusedFor('certificate.not-bound'));
      expect(refused.has('#certificate-replace')).toBe(true);
    });

    it('R-6.5 unbound a second ago, with the page open since before: not bound', async () => {
      const issued = stand.issues(treeOf(algorithm).root);
      await stand.binds(issued);
      const page = await stand.opens();
      const { app } = stand.service;
      const [binding] = (await stand.bindings()).filter(({ serial }) => serial === issued.certificate.serial);
      await app
        .get(Database)
        .transaction(async (tx) => app.get(CertificateBindings).unbind(tx, stand.account, binding?.id ?? ''));
      const refused = await stand.sends(page, signed(page, issued));
      expect(refused.codes).toEqual(['certificate.not-bound']);
      expect(await stand.logsIn(issued)).not.toBe('logged in');
    });
  });

  it('R-6.3 no. 12: the same serial, subject and key from another authority is another certificate', async () => {
    const serial = Buffer.from('4a0102030405060708090a0b0c0d0e0f', 'hex');
    const own = stand.issues(treeOf('p256').root, { serial });
    await stand.binds(own);
    const other = stand.issues(TestCa.root('p256', 'Second root'), { serial });
    const page = await stand.opens();
    const refused = await stand.sends(page, signed(page, other));
    expect(refused.codes).toEqual(['certificate.not-bound']);
    expect(await stand.logsIn(own, refused)).toBe('logged in');
  });

  it('R-6.4 no. 11: an authority that the operator removes: its bound certificates log in no longer, the others do', async () => {
    const [gone, stays] = (['p256', 'sm2'] as const).map((algorithm) => stand.issues(treeOf(algorithm).root)) as [
      Issued,
      Issued,
    ];
    await stand.binds(gone);
    await stand.binds(stays);
    expect(await stand.logsIn(gone)).toBe('logged in');
    const page = await stand.opens();
    const { app } = stand.service;
    await app.get(Database).transaction(async (tx) => app.get(TrustedAuthorities).disable(tx, 'p256'));
    await app.get(TrustedAuthorities).refresh();
    // What the removed authority's certificates have made is ended, which is a job.
    await new Citizen(stand.service).waits(5);
    const refused = await stand.sends(page, signed(page, gone));
    expect(refused.codes).toEqual(['certificate.untrusted']);
    expect(await stand.logsIn(stays)).toBe('logged in');
  });

  it('the log holds no certificate, no code and no name', () => expect(stand.leaks()).toEqual([]));
});

/** Bound in the user centre, since its chain comes along. */
async function bindsWith(stand: Stand, issued: Issued, ...offered: readonly TestCa[]): Promise<void> {
  const page = await stand.opens('binding');
  const done = await stand.sends(page, { ...signed(page, issued), certificate: chainOf(issued, ...offered) });
  if (done.status !== 200) throw new Error(done.text);
  await stand.outcome(page, done);
}
