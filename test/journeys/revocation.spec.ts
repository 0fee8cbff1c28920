import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALGORITHMS, TestCa, keyOf } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import { nonceOf, ocspResponse } from '../support/ocsp.js';
import type { OcspWanted } from '../support/ocsp.js';
import { built } from '../support/process.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import type { Chain } from '../../src/shared/pki/path.js';
import { Refusal } from '../../src/shared/refusal.js';
import type { RevocationPolicy } from '../../src/gateways/revocation/revocation-policy.js';
import { readList } from '../../src/gateways/revocation/list-reading.js';
import { RevocationStore } from '../../src/gateways/revocation/revocation-store.service.js';
import { Revocation } from '../../src/gateways/revocation/revocation.service.js';
import { Database } from '../../src/storage/transactions.js';
import { revocationList } from '../support/ca.js';
import type { ListOrder } from '../support/ca.js';

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
const HOUR_MS = 3_600_000;
const BUILT_WITHIN_MS = 240_000;

describe.each(ALGORITHMS)('revocation (%s, R-6.5)', (algorithm) => {
  let service: RunningService;
  let server: Server;
  let origin: string;
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  let next = 0;

  beforeAll(async () => {
    built();
    service = await startService('hubei');
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push(request.url ?? '');
        const answer = answers.get(request.url ?? '');
        if (answer) return answer(request, response, Buffer.concat(chunks));
        response.writeHead(404).end();
      });
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, BUILT_WITHIN_MS);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
    await service.close();
  });

  const now = () => service.clock.now();
  const later = (ms: number) => new Date(now().getTime() + ms);
  /** An authority that nobody has asked after yet, and a certificate of it. */
  const fresh = () => {
    const ca = TestCa.root(algorithm, `Root ${(next += 1)}`, now(), { key: keyOf(algorithm, 'root') });
    return { ca, issued: ca.issues() };
  };
  const serves = (answer: Answer): string => {
    const path = `/${(next += 1)}`;
    answers.set(path, answer);
    return `${origin}${path}`;
  };
  /** Answers with it, or with 503 while there is none. */
  const bytes =
    (der: () => Buffer | false): Answer =>
    (_request, response) => {
      const body = der();
      response.writeHead(body ? 200 : 503).end(body || undefined);
    };
  const listOf = (ca: TestCa, revoked: Issued[] = [], more: Partial<ListOrder> = {}): Buffer =>
    revocationList({
      issuer: { subject: ca.name, key: ca.key },
      thisUpdate: later(-HOUR_MS),
      nextUpdate: later(24 * HOUR_MS),
      number: 7,
      revoked: revoked.map(({ certificate }) => ({
        serial: Buffer.from(certificate.serial, 'hex'),
        at: later(-HOUR_MS),
      })),
      ...more,
    });
  async function verdict(chain: readonly (Issued | TestCa)[], policy: Partial<RevocationPolicy>): Promise<string> {
    const certificates = chain.map(({ certificate }) => certificate) as unknown as Chain;
    const question = {
      chain: certificates,
      policy: { whenUnknown: 'refuse', ...policy } as const,
      own: certificates.slice(1),
    };
    return service.app
      .get(Revocation)
      .check(question)
      .then(
        () => 'good',
        (refusal: unknown) => {
          if (refusal instanceof Refusal) return refusal.code;
          throw refusal;
        },
      );
  }

  describe('by lists', () => {
    it('good, revoked, on hold; fetched once and kept until the next one, by a look-up that reads one row', async () => {
      const { ca, issued } = fresh();
      const gone = ca.issues();
      const held = ca.issues();
      const reason = { serial: Buffer.from(held.certificate.serial, 'hex'), at: later(-HOUR_MS), reason: 6 };
      const others = Array.from({ length: 600 }, (_one, at) => ({
        serial: Buffer.from([1, at >> 8, at & 255]),
        at: now(),
      }));
      const entry = { serial: Buffer.from(gone.certificate.serial, 'hex'), at: later(-HOUR_MS), reason: 1 };
      const crl = [serves(bytes(() => listOf(ca, [], { revoked: [...others, entry, reason] })))];
      const before = asked.length;
      expect(await verdict([issued, ca], { crl })).toBe('good');
      expect(await verdict([gone, ca], { crl })).toBe('certificate.revoked');
      expect(await verdict([held, ca], { crl })).toBe('certificate.revoked');
      expect(asked.length - before).toBe(1);
    });

    it('fifty at once fetch it once', async () => {
      const { ca, issued } = fresh();
      const crl = [serves(bytes(() => listOf(ca)))];
      const before = asked.length;
      const verdicts = await Promise.all(Array.from({ length: 50 }, async () => verdict([issued, ca], { crl })));
      expect([new Set(verdicts), asked.length - before]).toEqual([new Set(['good']), 1]);
    });

    it('of an authority with several, the one of the issuer counts; an intermediate without one is the operator’s word', async () => {
      const { ca } = fresh();
      const middle = ca.below('Middle');
      const [leaf, gone] = [middle.issues(), middle.issues()];
      const [rootList, middleList] = [serves(bytes(() => listOf(ca))), serves(bytes(() => listOf(middle, [gone])))];
      expect(await verdict([leaf, middle, ca], { crl: [rootList, middleList] })).toBe('good');
      expect(await verdict([gone, middle, ca], { crl: [rootList, middleList] })).toBe('certificate.revoked');
      expect(await verdict([leaf, middle, ca], { crl: [middleList] })).toBe('good');
      expect(await verdict([leaf, middle, ca], { crl: [rootList] })).toBe('certificate.revocation-unknown');
    });

    it('a revoked intermediate revokes what is below it', async () => {
      const { ca } = fresh();
      const middle = ca.below('Middle');
      const der = { certificate: middle.certificate, der: middle.der, key: middle.key };
      const crl = [serves(bytes(() => listOf(ca, [der]))), serves(bytes(() => listOf(middle)))];
      expect(await verdict([middle.issues(), middle, ca], { crl })).toBe('certificate.revoked');
    });

    it.each([
      ['stale', (ca: TestCa) => listOf(ca, [], { nextUpdate: later(-1000) })],
      ['of tomorrow', (ca: TestCa) => listOf(ca, [], { thisUpdate: later(HOUR_MS) })],
      ['without a next one', (ca: TestCa) => listOf(ca, [], { nextUpdate: undefined })],
      ['forged', (ca: TestCa) => listOf(ca, [], { issuer: { subject: ca.name, key: keyOf(algorithm, 'stranger') } })],
      ['of another issuer', () => listOf(TestCa.root(algorithm, 'Stranger', now()))],
      [
        'indirect',
        (ca: TestCa) =>
          listOf(ca, [], {
            extensions: [['2.5.29.28', Buffer.from('3003840101'.replace('0101', '01ff'), 'hex'), true]],
          }),
      ],
      ['cut off', (ca: TestCa) => listOf(ca).subarray(0, -3)],
      ['no list', () => Buffer.from('<html>')],
      ['empty', () => Buffer.alloc(0)],
    ])('one that is %s is not used', async (_what, make) => {
      const { ca, issued } = fresh();
      expect(await verdict([issued, ca], { crl: [serves(bytes(() => make(ca)))] })).toBe(
        'certificate.revocation-unknown',
      );
    });

    it('404, a redirect to the metadata address, a hang-up: unknown', async () => {
      for (const answer of [
        (_q: unknown, response: ServerResponse) => void response.writeHead(404).end(),
        (_q: unknown, response: ServerResponse) =>
          void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
        (_q: unknown, response: ServerResponse) => void response.destroy(),
      ]) {
        const { ca, issued } = fresh();
        expect(await verdict([issued, ca], { crl: [serves(answer)] })).toBe('certificate.revocation-unknown');
      }
    });

    it('with an older number does not replace the one that is kept', async () => {
      const { ca, issued } = fresh();
      let number = 8;
      const crl = [
        serves(
          bytes(() =>
            number === 8 ? listOf(ca, [issued], { number, nextUpdate: later(HOUR_MS) }) : listOf(ca, [], { number }),
          ),
        ),
      ];
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revoked');
      number = 7;
      service.clock.advance(2 * 3600);
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revoked');
      number = 9;
      service.clock.advance(120);
      expect(await verdict([issued, ca], { crl })).toBe('good');
    });

    it('is asked for where it may be again, though one who asked a moment before was refused and does not know yet', async () => {
      const { ca, issued } = fresh();
      const store = service.app.get(RevocationStore);
      let number = 8;
      const answer = bytes(() => listOf(ca, number === 8 ? [issued] : [], { number, nextUpdate: later(HOUR_MS) }));
      const crl = [serves(answer)];
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revoked');
      number = 7;
      service.clock.advance(2 * 3600);
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revoked');
      number = 9;
      const { lease } = store;
      const [refused, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      store.lease = async (...asked) => {
        store.lease = lease;
        const leased = await store.lease(...asked);
        refused.resolve();
        await held.promise;
        return leased;
      };
      const before = verdict([issued, ca], { crl });
      await refused.promise;
      service.clock.advance(120);
      const said = await verdict([issued, ca], { crl });
      held.resolve();
      expect([said, await before]).toEqual(['good', 'good']);
    });

    it('that another process fetches just now is waited for, and not fetched twice', async () => {
      const { ca, issued } = fresh();
      const gone = ca.issues();
      const crl = [serves(bytes(() => listOf(ca, [gone])))];
      const elsewhere = new RevocationStore(service.app.get(Database), service.clock);
      const [url] = crl as [string];
      expect(await elsewhere.lease(url, undefined)).toBeInstanceOf(Date);
      const before = asked.length;
      const waiting = Promise.all([verdict([issued, ca], { crl }), verdict([gone, ca], { crl })]);
      const { list } = readList(listOf(ca, [gone]), [{ subject: ca.certificate.subject, spki: ca.key.spki }]);
      expect(await elsewhere.keep(url, list, ca.key.spki)).toBe(true);
      expect([await waiting, asked.length - before]).toEqual([['good', 'certificate.revoked'], 0]);
    });

    it('that another process died over is unknown until its lease has ended, and then fetched', async () => {
      const { ca, issued } = fresh();
      const crl = [serves(bytes(() => listOf(ca)))];
      const elsewhere = new RevocationStore(service.app.get(Database), service.clock);
      expect(await elsewhere.lease(crl[0] as string, undefined)).toBeInstanceOf(Date);
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revocation-unknown');
      service.clock.advance(91);
      expect(await verdict([issued, ca], { crl })).toBe('good');
    });

    it('whose address has just failed is not asked for again, nor waited for, for a minute and a half', async () => {
      const { ca, issued } = fresh();
      let up = false;
      const crl = [serves(bytes(() => up && listOf(ca)))];
      const [url] = crl as [string];
      const before = asked.length;
      const unknown = 'certificate.revocation-unknown';
      expect(await verdict([issued, ca], { crl })).toBe(unknown);
      up = true;
      expect(await service.app.get(RevocationStore).lease(url, undefined)).toBe('over');
      expect(await verdict([issued, ca], { crl })).toBe(unknown);
      expect(asked.length - before).toBe(1);
      service.clock.advance(91);
      expect(await verdict([issued, ca], { crl })).toBe('good');
    });

    it('a newer one that another process has fetched counts within five seconds', async () => {
      const { ca, issued } = fresh();
      const crl = [serves(bytes(() => listOf(ca)))];
      expect(await verdict([issued, ca], { crl })).toBe('good');
      const elsewhere = new RevocationStore(service.app.get(Database), service.clock);
      const { list: newer } = readList(listOf(ca, [issued], { number: 8 }), [
        { subject: ca.certificate.subject, spki: ca.key.spki },
      ]);
      expect(await elsewhere.keep(crl[0] as string, newer, ca.key.spki)).toBe(true);
      service.clock.advance(6);
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revoked');
    });

    it('one that has ended is good for the grace, where the operator allows it', async () => {
      const { ca, issued } = fresh();
      let up = true;
      const crl = [serves(bytes(() => up && listOf(ca, [], { nextUpdate: later(HOUR_MS) })))];
      expect(await verdict([issued, ca], { crl })).toBe('good');
      up = false;
      service.clock.advance(5 * 3600);
      expect(await verdict([issued, ca], { crl, whenUnknown: 'accept', graceHours: 24 })).toBe('good');
      expect(await verdict([issued, ca], { crl, whenUnknown: 'accept', graceHours: 2 })).toBe(
        'certificate.revocation-unknown',
      );
      expect(await verdict([issued, ca], { crl })).toBe('certificate.revocation-unknown');
    });
  });

  describe('by a responder', () => {
    const responder = (more: (ca: TestCa, issued: Issued, nonce: Buffer) => Partial<OcspWanted>) => {
      const { ca, issued } = fresh();
      const url = serves((_request, response, body) => {
        const nonce = nonceOf(body);
        const wanted = {
          key: ca.key,
          issuer: ca.certificate,
          serial: issued.certificate.serial,
          thisUpdate: later(-60_000),
          nextUpdate: later(HOUR_MS),
          nonce,
        };
        response.writeHead(200).end(ocspResponse({ ...wanted, ...more(ca, issued, nonce) }));
      });
      return { chain: [issued, ca] as const, policy: { crl: [], ocsp: [url] } };
    };
    const delegated = (purposes: string[]) =>
      responder((ca) => {
        const key = keyOf(algorithm, 'responder');
        return { key, delegate: ca.issues({ key, purposes }).der };
      });

    it('good, revoked, unknown; with the nonce, or without one where the responder knows none', async () => {
      const good = responder(() => ({}));
      expect(await verdict(good.chain, good.policy)).toBe('good');
      const before = asked.length;
      expect(await verdict(good.chain, good.policy)).toBe('good');
      expect(asked.length).toBe(before);
      const plain = responder(() => ({ nonce: undefined, nextUpdate: undefined }));
      expect(await verdict(plain.chain, plain.policy)).toBe('good');
      const revoked = responder(() => ({ state: 'revoked' }));
      expect(await verdict(revoked.chain, revoked.policy)).toBe('certificate.revoked');
      const unknown = responder(() => ({ state: 'unknown' }));
      expect(await verdict(unknown.chain, unknown.policy)).toBe('certificate.revocation-unknown');
    });

    it('a delegate answers when its issuer made it a responder, and else not', async () => {
      const right = delegated(['1.3.6.1.5.5.7.3.9']);
      expect(await verdict(right.chain, right.policy)).toBe('good');
      const wrong = delegated(['1.3.6.1.5.5.7.3.2']);
      expect(await verdict(wrong.chain, wrong.policy)).toBe('certificate.revocation-unknown');
    });

    it.each([
      ['stale', () => ({ thisUpdate: later(-3 * HOUR_MS), nextUpdate: later(-HOUR_MS) })],
      ['of yesterday without an end', () => ({ thisUpdate: later(-25 * HOUR_MS), nextUpdate: undefined })],
      ['about another certificate', () => ({ serial: '1234' })],
      ['of a stranger', () => ({ key: keyOf(algorithm, 'stranger') })],
      ['unsigned', () => ({ unsigned: true })],
      [
        'to another question',
        (_ca: TestCa, _issued: Issued, nonce: Buffer) => ({
          nonce: Buffer.from(nonce.map((byte, at) => (at > 4 ? byte ^ 1 : byte))),
        }),
      ],
    ])('an answer that is %s is none', async (_what, more) => {
      const { chain, policy } = responder(more);
      expect(await verdict(chain, policy)).toBe('certificate.revocation-unknown');
    });

    it('that does not answer is asked again next time; one that has answered counts through the grace', async () => {
      let up = true;
      const { chain, policy } = responder(() => (up ? {} : { unsigned: true }));
      expect(await verdict(chain, policy)).toBe('good');
      up = false;
      service.clock.advance(2 * 3600);
      expect(await verdict(chain, { ...policy, whenUnknown: 'accept', graceHours: 24 })).toBe('good');
      expect(await verdict(chain, policy)).toBe('certificate.revocation-unknown');
      up = true;
      expect(await verdict(chain, policy)).toBe('good');
    });
  });

  it('nobody to ask: refused, unless the operator wants it so', async () => {
    const { ca, issued } = fresh();
    expect(await verdict([issued, ca], {})).toBe('certificate.revocation-unknown');
    expect(await verdict([issued, ca], { crl: [], ocsp: [] })).toBe('certificate.revocation-unknown');
    expect(await verdict([issued, ca], { crl: [], ocsp: [], whenUnknown: 'accept' })).toBe('good');
  });
});
