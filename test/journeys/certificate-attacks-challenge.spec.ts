import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TextDecoder } from 'node:util';
import type { RefusalCode } from '../../src/locales/texts.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { Attacker, PLACES, Stand, refusedFor } from '../support/attacks.js';
import type { Move, Place } from '../support/attacks.js';
import type { Page } from '../support/browser.js';
import { ALGORITHMS, OTHER_CODE, TestCa, keyOf, revocationList } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import { built } from '../support/process.js';
import { PROVINCES } from '../support/service.js';
import type { Province } from '../support/service.js';
import { authorityEntry, challengeOn, signed } from '../support/signing.js';

const DAY_MS = 86_400_000;
const AT_ONCE = 60;
/** 16 at once and 32 that wait. */
const ROOM = 48;
const BUILT_WITHIN_MS = 240_000;
const PURPOSES: Record<Place, string> = { login: '证书登录 login', binding: '绑定证书 bind' };
const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Challenging root')]));
/** Challenges are taken before a key has any part: in one of the provinces one kind of key will do. */
const KINDS: Record<Province, readonly KeyAlgorithm[]> = { hubei: ALGORITHMS, hebei: ['sm2'] };
const rootOf = (algorithm: KeyAlgorithm) => roots.get(algorithm) as TestCa;
/** What the others' certificates are told. */
const OTHERS: Record<Place, RefusalCode> = { login: 'certificate.no-account', binding: 'certificate.code-differs' };
const LIES: readonly (readonly [what: string, code: RefusalCode, turned: (text: string) => string])[] = [
  ['for another purpose', 'signature.invalid', (text) => text.replace(/purpose: .*/, 'purpose: 更换证书 replace')],
  ['with a later end', 'signature.invalid', (text) => text.replace(/expires: .*/, 'expires: 2099-01-01T00:00:00.000Z')],
  ['with a line more', 'signature.invalid', (text) => `${text}amount: 1000000\n`],
  ['with another number', 'challenge.not-yours', (text) => text.replace(/nonce: .{4}/, 'nonce: 0000')],
  ['of the sender’s own', 'challenge.not-yours', () => 'my own text'],
  ['that is missing', 'challenge.missing', () => ''],
];
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe.each(PROVINCES)('challenges that are somebody else’s, or somebody’s own (%s, DOMAIN 7)', (province) => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await Stand.at(
      province,
      [...roots.values()].map((root) => authorityEntry(root)),
    );
  });
  afterAll(async () => stand.close());
  afterEach(async () => stand.unbindsAll());

  /** Sends these fields from a page. */
  const tried = async (page: Page, sent: Parameters<Stand['sends']>[1]) =>
    stand.outcome(page, await stand.sends(page, sent));
  const right = async (place: Place, page: Page, issued: Issued): Promise<boolean> => {
    const done = await stand.sends(page, signed(page, issued));
    const count = (await stand.bindings()).length;
    await stand.outcome(page, done);
    return place === 'login' ? done.title === 'logged in' : count === 1;
  };

  describe.each(PLACES)('at the %s', (place) => {
    describe.each(KINDS[province])('%s', (algorithm) => {
      let liar: Attacker;
      beforeAll(() => {
        liar = new Attacker(stand, place);
      });

      // Opening the form in the user centre asks the register, which has its cap a day.
      beforeAll(() => void stand.service.clock.advance(24 * 3600));
      const ready = async (): Promise<Issued> => {
        const issued = stand.issues(rootOf(algorithm));
        if (place === 'login') await stand.binds(issued);
        return issued;
      };

      it('R-6.5 no. 1: the same answer ten times at once, and once more: the challenge counts once', async () => {
        const others = rootOf(algorithm).issues({ code: OTHER_CODE });
        const page = await stand.opens(place);
        const answer = signed(page, others);
        const all = await Promise.all(Array.from({ length: 10 }, async () => stand.sends(page, answer)));
        const codes = all.map(({ codes: [code] }) => code).toSorted();
        expect(codes).toEqual([OTHERS[place], ...Array.from({ length: 9 }, () => 'challenge.used')]);
        expect(await tried(all[0] as Page, answer)).toBe(refusedFor('challenge.used'));
      });

      it('R-6.5 no. 1: of a right answer five times at once, one is let in', async () => {
        const issued = await ready();
        const page = await stand.opens(place);
        const answer = signed(page, issued);
        const all = await Promise.all(Array.from({ length: 5 }, async () => stand.sends(page, answer)));
        expect(all.every(({ status }) => status < 500)).toBe(true);
        expect([stand.site.logins.splice(0).length, (await stand.bindings()).length]).toEqual([
          place === 'login' ? 1 : 0,
          1,
        ]);
      });

      it('R-6.5 no. 2: one of another browser, and of the other purpose: refused, and not spent for whose it is', async () => {
        const issued = await ready();
        const [own, others] = [await stand.opens(place), await stand.opens(place)];
        expect(await tried(own, signed(others, issued))).toBe(refusedFor('challenge.not-yours'));
        const elsewhere = await stand.opens(place === 'login' ? 'binding' : 'login');
        expect(await tried(own, signed(elsewhere, issued))).toBe(refusedFor('challenge.not-yours'));
        expect(await right(place, others, issued)).toBe(true);
      });

      it('R-6.5 no. 3: one of three minutes ago has expired', async () => {
        const issued = await ready();
        const page = await stand.opens(place);
        stand.service.clock.advance(180);
        expect(await tried(page, signed(page, issued))).toBe(refusedFor('challenge.expired'));
      });

      it.each(LIES)('R-6.5 no. 4: one %s is never what is verified', async (_what, code, turned) => {
        const issued = stand.issues(rootOf(algorithm));
        const lie: Move = (page) => {
          const text = turned(challengeOn(page));
          return { ...signed(page, issued, { text: Buffer.from(text) }), challenge: base64(text) };
        };
        expect(await liar.tries(lie)).toBe(refusedFor(code));
      });
    });

    it('R-6.5 no. 36: it says whose it is and what for, and the form is taken from no other site', async () => {
      const issued = stand.issues(rootOf('p256'));
      const page = await stand.opens(place);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(
        Buffer.from(page.value('challenge') ?? '', 'base64'),
      );
      expect(text.split('\n')[0]).toBe('TONGXING CERTIFICATE CHALLENGE 1');
      for (const line of [`issuer: ${stand.service.origin}`, `purpose: ${PURPOSES[place]}`])
        expect(text.split('\n')).toContain(line);
      const { action, fields } = page.form('certificate-submit');
      const answer = { ...fields, ...signed(page, issued) };
      for (const origin of ['https://evil.example', 'null']) {
        const refused = await page.browser.post(action, answer, { origin });
        expect([refused.status, refused.codes]).toEqual([403, ['form.foreign-origin']]);
      }
      const stranger = await page.browser.post(action, { ...answer, _csrf: '' });
      expect([stranger.status, stranger.codes]).toEqual([403, ['form.token']]);
    });
  });

  it('the log holds no certificate, no code and no name', () => expect(stand.leaks()).toEqual([]));
});

describe('a flood of certificates whose authority does not answer (hubei, DOMAIN 7)', () => {
  let stand: Stand;
  let server: Server;
  const hanging: ServerResponse[] = [];
  const slow = TestCa.root('sm2', 'Slow root');
  const quick = TestCa.root('p256', 'Quick root');
  let asked: () => void;
  const begun = new Promise<void>((done) => {
    asked = done;
  });

  beforeAll(async () => {
    built();
    server = createServer((_request, response) => {
      hanging.push(response);
      asked();
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const crl = [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`];
    const revocation = { crl, ocsp: [], whenUnknown: 'refuse' };
    stand = await Stand.at('hubei', [authorityEntry(slow, { revocation }), authorityEntry(quick)]);
  }, BUILT_WITHIN_MS);
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await stand.close();
  });

  it('R-6.5 no. 37: those beyond its room are told to come again, those of another authority log in meanwhile', async () => {
    const own = stand.issues(quick);
    await stand.binds(own);
    const page = await stand.opens();
    const pages: Page[] = [];
    for (let at = 0; at < AT_ONCE; at += 1) pages.push(await page.browser.open(page.url.href));
    const issued = stand.issues(slow, { key: keyOf('sm2') });
    const posts = pages.map(async (one) => stand.sends(one, signed(one, issued)));
    await begun;
    expect(await stand.logsIn(own)).toBe('logged in');
    const list = revocationList({
      issuer: { subject: slow.name, key: slow.key },
      thisUpdate: new Date(Date.now() - DAY_MS),
      nextUpdate: new Date(Date.now() + DAY_MS),
      number: 1,
      revoked: [],
    });
    const early = await Promise.any(posts);
    for (const response of hanging) response.writeHead(200).end(list);
    const all = await Promise.all(posts);
    const count = (status: number) => all.filter((one) => one.status === status).length;
    expect([early.status, Number(early.headers.get('retry-after'))]).toEqual([503, 5]);
    expect([count(503), count(422)]).toEqual([AT_ONCE - ROOM, ROOM]);
    expect(await stand.logsIn(own)).toBe('logged in');
  });
});
