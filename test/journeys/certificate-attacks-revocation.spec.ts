import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { RefusalCode } from '../../src/locales/texts.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { Attacker, GROUPS, Stand, by, refusedFor } from '../support/attacks.js';
import { ALGORITHMS, TestCa, keyOf, pem, revocationList } from '../support/ca.js';
import type { Issued, ListOrder } from '../support/ca.js';
import { authorityEntry } from '../support/signing.js';
import { nonceOf, ocspResponse } from '../support/ocsp.js';
import type { OcspWanted } from '../support/ocsp.js';
import { built } from '../support/process.js';

const HOUR_MS = 3_600_000;
const BUILT_WITHIN_MS = 240_000;
const COMPANY = { name: '演示示例(河北)有限公司', creditCode: '91130100MA07DEM028' };
const later = (ms: number) => new Date(Date.now() + ms);

/** An authority that is asked after nowhere else, and a certificate of it. */
interface Case {
  ca: TestCa;
  middle: TestCa;
  issued: Issued;
}
type Serve = (it: Case, response: ServerResponse, body: Buffer) => void;
type Row = readonly [no: string, what: string, code: RefusalCode, by: 'crl' | 'ocsp', serve: Serve];

const send = (response: ServerResponse, der: Buffer) => void response.writeHead(200).end(der);
const entryOf = ({ certificate }: { certificate: Issued['certificate'] }, reason?: number) => ({
  serial: Buffer.from(certificate.serial, 'hex'),
  at: later(-HOUR_MS),
  reason,
});
const listOf = (ca: TestCa, more: Partial<ListOrder> = {}): Buffer =>
  revocationList({
    issuer: { subject: ca.name, key: ca.key },
    thisUpdate: later(-HOUR_MS),
    nextUpdate: later(24 * HOUR_MS),
    number: 7,
    revoked: [],
    ...more,
  });
const list =
  (more: (it: Case) => Partial<ListOrder>): Serve =>
  (it, response) =>
    send(response, listOf(it.ca, more(it)));
const says =
  (more: (it: Case, nonce: Buffer) => Partial<OcspWanted>): Serve =>
  (it, response, body) => {
    const usual = {
      key: it.ca.key,
      issuer: it.ca.certificate,
      serial: it.issued.certificate.serial,
      thisUpdate: later(-60_000),
      nextUpdate: later(HOUR_MS),
      nonce: nonceOf(body),
    };
    send(response, ocspResponse({ ...usual, ...more(it, nonceOf(body)) }));
  };
const delegated = (purpose: string): Serve =>
  says(({ ca }) => {
    const key = keyOf(ca.algorithm, 'responder');
    return { key, delegate: ca.issues({ key, purposes: [purpose] }).der };
  });

const UNKNOWN = 'certificate.revocation-unknown';
const ROWS: readonly Row[] = [
  [
    '18',
    'that is on the list',
    'certificate.revoked',
    'crl',
    list(({ issued }) => ({ revoked: [entryOf(issued, 1)] })),
  ],
  ['18', 'that is on hold', 'certificate.revoked', 'crl', list(({ issued }) => ({ revoked: [entryOf(issued, 6)] }))],
  ['18', 'that its responder calls revoked', 'certificate.revoked', 'ocsp', says(() => ({ state: 'revoked' }))],
  ['19', 'whose list is stale', UNKNOWN, 'crl', list(() => ({ nextUpdate: later(-1000) }))],
  ['19', 'whose list is of tomorrow', UNKNOWN, 'crl', list(() => ({ thisUpdate: later(HOUR_MS) }))],
  ['19', 'whose list has no next one', UNKNOWN, 'crl', list(() => ({ nextUpdate: undefined }))],
  [
    '19',
    'whose list is forged',
    UNKNOWN,
    'crl',
    list(({ ca }) => ({ issuer: { subject: ca.name, key: keyOf(ca.algorithm, 'stranger') } })),
  ],
  [
    '19',
    'whose list is of another issuer',
    UNKNOWN,
    'crl',
    ({ ca }, response) => send(response, listOf(TestCa.root(ca.algorithm, 'Stranger'))),
  ],
  [
    '19',
    'whose list is a partial one',
    UNKNOWN,
    'crl',
    list(() => ({ extensions: [['2.5.29.27', Buffer.from([2, 1, 1]), true]] })),
  ],
  ['19', 'whose list is cut off', UNKNOWN, 'crl', ({ ca }, response) => send(response, listOf(ca).subarray(0, -3))],
  ['19', 'whose list is a page', UNKNOWN, 'crl', (_it, response) => send(response, Buffer.from('<html>'))],
  ['20', 'whose list is not there', UNKNOWN, 'crl', (_it, response) => void response.writeHead(404).end()],
  [
    '20',
    'whose list leads to a metadata address',
    UNKNOWN,
    'crl',
    (_it, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  ],
  ['20', 'whose list breaks off', UNKNOWN, 'crl', (_it, response) => void response.destroy()],
  ['21', 'whose responder knows it not', UNKNOWN, 'ocsp', says(() => ({ state: 'unknown' }))],
  [
    '21',
    'whose responder says what it said yesterday',
    UNKNOWN,
    'ocsp',
    says(() => ({ thisUpdate: later(-25 * HOUR_MS), nextUpdate: undefined })),
  ],
  [
    '21',
    'whose responder’s answer has ended',
    UNKNOWN,
    'ocsp',
    says(() => ({ thisUpdate: later(-3 * HOUR_MS), nextUpdate: later(-HOUR_MS) })),
  ],
  ['21', 'whose responder speaks of another', UNKNOWN, 'ocsp', says(() => ({ serial: '1234' }))],
  [
    '21',
    'whose responder answers another question',
    UNKNOWN,
    'ocsp',
    says((_it, nonce) => ({ nonce: Buffer.from(nonce.map((byte, at) => (at > 4 ? byte ^ 1 : byte))) })),
  ],
  ['21', 'whose responder’s answer nobody signed', UNKNOWN, 'ocsp', says(() => ({ unsigned: true }))],
  [
    '21',
    'whose responder is a stranger',
    UNKNOWN,
    'ocsp',
    says(({ ca }) => ({ key: keyOf(ca.algorithm, 'stranger') })),
  ],
  ['21', 'whose responder was not made one', UNKNOWN, 'ocsp', delegated('1.3.6.1.5.5.7.3.2')],
  ['21', 'whose responder is none', UNKNOWN, 'ocsp', (_it, response) => void response.writeHead(500).end()],
];

/** What no key has a part in: tried by one kind. */
const KEYLESS = new Set([
  'whose list is stale',
  'whose list is of tomorrow',
  'whose list has no next one',
  'whose list is a partial one',
  'whose list is cut off',
  'whose list is a page',
  'whose list is not there',
  'whose list leads to a metadata address',
  'whose list breaks off',
  'whose responder is none',
]);
const rowsFor = (algorithm: KeyAlgorithm): readonly Row[] =>
  ROWS.filter(([, what]) => algorithm === 'sm2' || !KEYLESS.has(what));

/** What holds up whoever waits: each tried at once, by one kind of key. */
const SLOW: readonly Row[] = [
  ['20', 'whose list does not begin', UNKNOWN, 'crl', () => undefined],
  [
    '20',
    'whose list never ends',
    UNKNOWN,
    'crl',
    (_it, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(Buffer.alloc(1024)), 20);
      response.once('close', () => clearInterval(drip));
    },
  ],
  [
    '20',
    'whose list unpacks to 70 MB',
    UNKNOWN,
    'crl',
    (_it, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(70 * 1024 * 1024))),
  ],
  ['20', 'whose responder does not answer', UNKNOWN, 'ocsp', () => undefined],
];

/** Ends within the hour; what is served after that is older. */
const REPLAYED: Row = [
  '19',
  'whose older list is replayed',
  'certificate.revoked',
  'crl',
  list(({ issued }) => ({ nextUpdate: later(HOUR_MS), revoked: [entryOf(issued)] })),
];

const GOOD: readonly Row[] = [
  ['18', 'not on the list', UNKNOWN, 'crl', list(() => ({}))],
  ['21', 'good, says its responder', UNKNOWN, 'ocsp', says(() => ({}))],
  ['21', 'good, says whom its authority made its responder', UNKNOWN, 'ocsp', delegated('1.3.6.1.5.5.7.3.9')],
];

describe('certificates that are revoked, or of which nobody can say (hebei, DOMAIN 7)', () => {
  let stand: Stand;
  let server: Server;
  const cases = new Map<string, Case>();
  const caseOf = (algorithm: KeyAlgorithm, [, what]: Row) => cases.get(`${algorithm} ${what}`) as Case;
  const serving = new Map<string, [Serve, Case]>();

  /** An authority of its own for each case, asked after at an address of its own. */
  function prepare(origin: string, algorithm: KeyAlgorithm, row: Row): Record<string, unknown> {
    const [, what, , by_, serve] = row;
    const id = `${algorithm}-${cases.size}`;
    const ca = TestCa.root(algorithm, id, new Date(), { key: keyOf(algorithm, 'revoking') });
    const subject = [
      ['O', COMPANY.name],
      ['OU', COMPANY.creditCode],
      ['CN', COMPANY.name],
    ] as const;
    const it_ = { ca, middle: ca.below('Middle'), issued: ca.issues({ subject }) };
    cases.set(`${algorithm} ${what}`, it_);
    serving.set(`/${id}`, [serve, it_]);
    const revocation = { crl: [], ocsp: [], [by_]: [`${origin}/${id}`], whenUnknown: 'refuse' };
    return authorityEntry(ca, { id, revocation });
  }

  /** An intermediate that its root has revoked; the list of its own is in order. */
  function revokedMiddle(origin: string, algorithm: KeyAlgorithm): Record<string, unknown> {
    const entry = prepare(origin, algorithm, MIDDLE);
    const it_ = caseOf(algorithm, MIDDLE);
    it_.issued = it_.middle.issues({
      subject: it_.issued.certificate.subjectParts.map(([type, text]) => [type, text] as const),
    });
    serving.set(`/${algorithm}-middle`, [(own, response) => send(response, listOf(own.middle)), it_]);
    const crl = [`${origin}/${String(entry['id'])}`, `${origin}/${algorithm}-middle`];
    return {
      ...entry,
      certificates: [it_.ca, it_.middle].map(({ der }) => pem(der)),
      revocation: { crl, ocsp: [], whenUnknown: 'refuse' },
    };
  }
  const MIDDLE: Row = [
    '18',
    'below an authority that is revoked',
    'certificate.revoked',
    'crl',
    list(({ middle }) => ({ revoked: [entryOf(middle)] })),
  ];

  /** An authority with a second one beside it, which has revoked the same serial number. */
  function sameSerial(origin: string, algorithm: KeyAlgorithm): Record<string, unknown> {
    const entry = prepare(origin, algorithm, SAME_SERIAL);
    const { ca, issued } = caseOf(algorithm, SAME_SERIAL);
    const second = TestCa.root(algorithm, `Second of ${algorithm}`);
    serving.set(`/${algorithm}-second`, [
      (_own, response) => send(response, listOf(second, { revoked: [entryOf(issued)] })),
      caseOf(algorithm, SAME_SERIAL),
    ]);
    const crl = [`${origin}/${String(entry['id'])}`, `${origin}/${algorithm}-second`];
    const certificates = [ca, second].map(({ der }) => pem(der));
    return { ...entry, certificates, revocation: { crl, ocsp: [], whenUnknown: 'refuse' } };
  }
  const SAME_SERIAL: Row = ['12', 'of a serial number that another has revoked', UNKNOWN, 'crl', list(() => ({}))];

  beforeAll(async () => {
    built();
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [serve, it_] = serving.get(request.url ?? '') ?? [];
        if (serve && it_) return serve(it_, response, Buffer.concat(chunks));
        response.writeHead(404).end();
      });
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const entries = ALGORITHMS.flatMap((algorithm) => [
      ...[...rowsFor(algorithm), ...GOOD].map((row) => prepare(origin, algorithm, row)),
      revokedMiddle(origin, algorithm),
      sameSerial(origin, algorithm),
      prepare(origin, algorithm, REPLAYED),
    ]);
    stand = await Stand.at('hebei', [...entries, ...SLOW.map((row) => prepare(origin, 'p256', row))]);
  }, BUILT_WITHIN_MS);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
    await stand.close();
  });

  describe.each(GROUPS)('at the %s, %s, in %s', (place, algorithm, language) => {
    let attacker: Attacker;
    beforeAll(() => {
      attacker = new Attacker(stand, place, language);
    });

    it.each([...rowsFor(algorithm), MIDDLE])('R-6.5 no. %s: one %s is refused', async (...row) => {
      const [, , code] = row as unknown as Row;
      expect(await attacker.tries(by(caseOf(algorithm, row as unknown as Row).issued))).toBe(refusedFor(code));
    });
  });

  describe.each(ALGORITHMS)('%s', (algorithm) => {
    it('R-6.5 no. 12: revoked is a serial number of its issuer; the same one of another authority stays good', async () => {
      const { issued } = caseOf(algorithm, SAME_SERIAL);
      await stand.binds(issued);
      expect(await stand.logsIn(issued)).toBe('logged in');
      await stand.unbindsAll();
    });

    it.each(GOOD)('R-6.3 no. %s: one that is %s logs in when it is bound', async (...row) => {
      const { issued } = caseOf(algorithm, row as unknown as Row);
      await stand.binds(issued);
      expect(await stand.logsIn(issued)).toBe('logged in');
      await stand.unbindsAll();
    });
  });

  it('R-6.5 no. 19: what a list has revoked is not made good by an older one', async () => {
    const all = ALGORITHMS.map((algorithm) => caseOf(algorithm, REPLAYED));
    const tried = async () =>
      Promise.all(all.map(async ({ issued }) => new Attacker(stand, 'login').tries(by(issued))));
    const revoked = ALGORITHMS.map(() => refusedFor('certificate.revoked'));
    expect(await tried()).toEqual(revoked);
    for (const one of all) serving.set(`/${one.ca.name[1]?.[1] ?? ''}`, [list(() => ({ number: 6 })), one]);
    stand.service.clock.advance(2 * 3600);
    expect(await tried()).toEqual(revoked);
  });

  it('R-6.5 no. 20: nobody waits for over ten seconds, whatever hangs, and the form is there again', async () => {
    const begun = performance.now();
    const found = await Promise.all(
      SLOW.map(async (row) => new Attacker(stand, 'login').tries(by(caseOf('p256', row).issued))),
    );
    expect(found).toEqual(SLOW.map(([, , code]) => refusedFor(code)));
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('the log holds no certificate, no code and no name', () => expect(stand.leaks()).toEqual([]));
});
