import * as fc from 'fast-check';
import { issue } from '../../src/sandbox/authorities/issuing.js';
import { PLACES, Stand } from '../support/attacks.js';
import type { Place, Sent } from '../support/attacks.js';
import type { Page } from '../support/browser.js';
import { ALGORITHMS, TestCa, keyOf, pem } from '../support/ca.js';
import { cmsOf } from '../support/cms.js';
import { authorityEntry, signed } from '../support/signing.js';

const HUNG_MS = 100;
const RUNS = 25;
const LONGEST = 1500;
const roots = ALGORITHMS.map((algorithm) => TestCa.root(algorithm, 'Reading root'));
/** Few, so that the suite stays quick; what fails is reported with its seed. */
const bounds = { numRuns: RUNS };
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** An element in DER. */
function element(tag: number, inside: Uint8Array): Buffer {
  const size = inside.length;
  const head = size < 128 ? [tag, size] : [tag, 0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from(size >= 128 && size < 256 ? [tag, 0x81, size] : head), inside]);
}
const repeated = (unit: Buffer, total: number) =>
  element(0x30, Buffer.concat(Array.from({ length: Math.floor(total / unit.length) }, () => unit)));

/** Elements in elements, as strict as DER wants it: what stands behind the strict reader sees them. */
const { tree } = fc.letrec<{ tree: Buffer; leaf: Buffer; branch: Buffer }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('branch')),
  leaf: fc
    .tuple(fc.constantFrom(0x04, 0x0c, 0x13, 0x80, 0x86), fc.uint8Array({ maxLength: 40 }))
    .map(([tag, inside]) => element(tag, inside)),
  branch: fc
    .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa3), fc.array(tie('tree'), { maxLength: 6 }))
    .map(([tag, inside]) => element(tag, Buffer.concat(inside))),
}));

/** Bytes of something real, with a few of them changed, left out, or there twice. */
const spoilt = (real: Buffer): fc.Arbitrary<Buffer> => {
  const at = fc.nat(real.length - 1);
  return fc.oneof(
    fc.tuple(at, fc.nat(255)).map(([place, byte]) => {
      const bytes = Buffer.from(real);
      bytes[place] = byte;
      return bytes;
    }),
    fc.tuple(at, at).map(([from, to]) => Buffer.concat([real.subarray(0, from), real.subarray(to)])),
    fc
      .tuple(at, fc.uint8Array({ maxLength: 9 }))
      .map(([place, more]) => Buffer.concat([real.subarray(0, place), more, real.subarray(place)])),
  );
};

/** CPU milliseconds that our thread spends at most before it comes round again. */
async function busiest(work: () => Promise<unknown>): Promise<number> {
  let [most, since] = [0, process.threadCpuUsage()];
  const look = () => {
    const { user, system } = process.threadCpuUsage(since);
    most = Math.max(most, (user + system) / 1000);
    since = process.threadCpuUsage();
  };
  const watch = setInterval(look, 1);
  await work();
  look();
  clearInterval(watch);
  return most;
}

describe('whatever is sent in the three fields (hebei, R-6.5)', () => {
  let stand: Stand;
  const pages = new Map<Place, Page>();
  const pageAt = (place: Place) => pages.get(place) as Page;

  beforeAll(async () => {
    stand = await Stand.at(
      'hebei',
      roots.map((root) => authorityEntry(root)),
    );
    for (const place of PLACES) pages.set(place, await stand.opens(place));
  });
  afterAll(async () => stand.close());

  /** Sends it on the page that the answer before it left, with that page's challenge unless another is given. */
  async function refuses(place: Place, sent: Sent): Promise<void> {
    let answer = pageAt(place);
    const send = async () => {
      answer = await stand.sends(pageAt(place), sent);
      if (answer.has('#certificate-submit')) pages.set(place, answer);
    };
    let longest = await busiest(send);
    // A collection of garbage may have fallen into it; what hangs, hangs again.
    if (longest >= HUNG_MS) longest = await busiest(send);
    const { status, codes } = answer;
    expect([[400, 413, 422].includes(status) ? 'refused' : status, codes.length > 0]).toEqual(['refused', true]);
    expect(longest).toBeLessThan(HUNG_MS);
    expect(answer.has('#certificate-submit')).toBe(status === 422);
  }

  /** What was right in every other respect: this page's challenge, signed. */
  const rightly = (place: Place, at: number): Required<Sent> => {
    const root = roots[at % roots.length] as TestCa;
    return signed(pageAt(place), stand.issues(root, { key: keyOf(root.algorithm) }));
  };
  const real = TestCa.root('p256', 'Spoilt').issues();
  const message = cmsOf({ content: Buffer.from('x'), signers: [real], certificates: [real.der], attributes: true });
  const text = fc.string({ maxLength: LONGEST, unit: 'binary' });
  const spelling = fc.oneof(
    fc.uint8Array({ maxLength: LONGEST }).map(base64),
    fc.uint8Array({ maxLength: LONGEST }).map((bytes) => pem(Buffer.from(bytes))),
    tree.map(base64),
    tree.map(pem),
    spoilt(real.der).map(base64),
    spoilt(real.der).map(pem),
    fc
      .array(
        fc.constantFrom(pem(real.der), '-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '\n', ',', 'AAAA'),
        { maxLength: 9 },
      )
      .map((all) => all.join('')),
  );

  describe.each(PLACES)('at the %s', (place) => {
    it('any texts in all three are refused, at once', async () => {
      await fc.assert(
        fc.asyncProperty(text, text, text, async (challenge, certificate, signature) =>
          refuses(place, { challenge, certificate, signature }),
        ),
        bounds,
      );
    });

    it('any bytes, any DER, and anything spoilt in the place of the certificate', async () => {
      await fc.assert(
        fc.asyncProperty(spelling, fc.nat(2), async (certificate, at) =>
          refuses(place, { ...rightly(place, at), certificate: certificate === pem(real.der) ? '' : certificate }),
        ),
        bounds,
      );
    });

    it('any bytes, any DER, and any spoilt message in the place of the signature', async () => {
      const signature = fc.oneof(
        spelling,
        tree.map(base64),
        spoilt(message).map(base64),
        spoilt(message.subarray(0, 40)).map(base64),
      );
      await fc.assert(
        fc.asyncProperty(signature, fc.nat(2), async (sent, at) =>
          refuses(place, { ...rightly(place, at), signature: sent }),
        ),
        bounds,
      );
    });

    it('any spoilt challenge in its place, with a signature that was right', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(400), fc.nat(255), fc.nat(2), async (byte, value, at) => {
          const sent = rightly(place, at);
          const challenge = Buffer.from(sent.challenge, 'base64');
          challenge[byte % challenge.length] = value;
          // What is not the nonce is read from our own copy, so a change there may leave a right answer.
          await refuses(place, { ...sent, challenge: base64(challenge), signature: 'AAAA' });
        }),
        bounds,
      );
    });
  });

  describe('what was made to take long', () => {
    const nulls = Buffer.from([0x05, 0x00]);
    const outer = (inside: Buffer) =>
      element(0x30, Buffer.concat([Buffer.from('06092a864886f70d010702', 'hex'), element(0xa0, inside)]));
    it.each<[string, () => Sent]>([
      ['many beginnings of PEM without an end', () => ({ certificate: '-----BEGIN A-----'.repeat(3500) })],
      ['many blocks with another’s end', () => ({ certificate: '-----BEGIN A----------END B-----'.repeat(1500) })],
      ['18,000 commas', () => ({ certificate: ','.repeat(18_000) })],
      ['50 KB of base64 that does not end well', () => ({ certificate: 'A'.repeat(50_001) })],
      ['8,000 elements of nothing', () => ({ certificate: base64(repeated(nulls, 16_200)) })],
      [
        'twice as many',
        () => ({ certificate: Array.from({ length: 2 }, () => base64(repeated(nulls, 16_200))).join() }),
      ],
      ['a message of 16,000 elements', () => ({ certificate: '', signature: base64(outer(repeated(nulls, 32_000))) })],
      ['blanks', () => ({ certificate: '\n'.repeat(20_000), signature: ' '.repeat(30_000) })],
      ['digits without end', () => ({ challenge: '9'.repeat(3999), signature: '9'.repeat(50_000) })],
    ])('R-6.5 no. 37: %s', async (_what, sent) => {
      await refuses('login', { ...rightly('login', 1), ...sent() });
    });

    it.each(roots)('R-6.5 no. 37: ten twins of the authority that certify each other ($algorithm)', async (root) => {
      const keys = Array.from({ length: 8 }, (_one, at) =>
        keyOf(root.algorithm === 'rsa' ? 'p256' : root.algorithm, `ring ${at}`),
      );
      const dates = { notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + 86_400_000) };
      const ring = keys.map((key, at) =>
        issue({
          ...dates,
          authority: {},
          subject: root.name,
          spki: key.spki,
          issuer: { subject: root.name, key: keys[(at + 1) % keys.length] as typeof key },
        }),
      );
      const own = stand.issues(root).key;
      const [first] = keys as [typeof own];
      const leaf = issue({
        ...dates,
        subject: [['OU', stand.company.creditCode]],
        spki: own.spki,
        issuer: { subject: root.name, key: first },
      });
      await refuses('login', {
        ...rightly('login', roots.indexOf(root)),
        certificate: [leaf, ...ring].map(pem).join(''),
      });
    });

    it('R-6.5 no. 16: an RSA key with an exponent as long as its modulus', async () => {
      const root = roots[0] as TestCa;
      const exponent = Buffer.concat([Buffer.from([0x7f]), Buffer.alloc(255, 0xff)]);
      const modulus = Buffer.concat([Buffer.from([0, 0xc3]), Buffer.alloc(254, 0x5a), Buffer.from([0x01])]);
      const bits = element(0x30, Buffer.concat([element(0x02, modulus), element(0x02, exponent)]));
      const spki = element(
        0x30,
        Buffer.concat([
          Buffer.from('300d06092a864886f70d0101010500', 'hex'),
          element(0x03, Buffer.concat([Buffer.from([0]), bits])),
        ]),
      );
      const dates = { notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + 86_400_000) };
      const der = issue({
        ...dates,
        subject: [['OU', stand.company.creditCode]],
        spki,
        issuer: { subject: root.name, key: root.key },
      });
      await refuses('login', {
        ...rightly('login', 0),
        certificate: pem(der),
        signature: base64(Buffer.alloc(256, 1)),
      });
      expect(pageAt('login').codes).toEqual(['certificate.weak']);
    });
  });

  it('nobody is in, nothing is bound, and the log holds nothing of it', async () => {
    const page = pageAt('login');
    expect(await stand.outcome(page, page)).toMatch(/nobody in, nothing bound$/);
    expect(stand.leaks()).toEqual([]);
  });
});
