import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assistantEnv } from '../../src/assistant/assistant.env.js';
import { UsbKey } from '../../src/assistant/usb-key.js';
import { CertificateChallenges } from '../../src/identity/certificates/certificate-challenges.service.js';
import { CertificateJudge } from '../../src/identity/certificates/certificate-judge.service.js';
import { startAssistant } from '../support/assistant.js';
import type { RunningAssistant } from '../support/assistant.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { CODE, TestCa, keyOf, pem } from '../support/ca.js';
import { freePort } from '../support/ports.js';
import { built } from '../support/process.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';

const NAME = '武汉示例科技有限公司';
const OTHER_SITE = 'https://sso.example';
const PLACE = { purpose: 'login', binding: 'a-journey' } as const;
const AUTHORITIES = { rsa: 'jit', p256: 'unicom', sm2: 'beijing' } as const;

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

describe('the reference certificate assistant (R-6.1)', () => {
  let service: RunningService;
  let assistant: RunningAssistant;
  let now = Date.now();
  let browser: Browser;
  const thumbprints = {} as Record<keyof typeof AUTHORITIES, string>;

  beforeAll(async () => {
    built();
    service = await startService('hubei', { DATA_DIR: mkdtempSync(join(tmpdir(), 'tongxing-demo-')) });
    assistant = await startAssistant(
      service.origin,
      await freePort(),
      { ASSISTANT_ORIGINS: `${service.origin},${OTHER_SITE}` },
      () => now,
    );
    for (const algorithm of ['rsa', 'p256', 'sm2'] as const)
      thumbprints[algorithm] = await assistant.certificateFor(AUTHORITIES[algorithm], NAME, CODE);
  }, 120_000);
  afterAll(async () => {
    await assistant.close();
    await service.close();
  });
  beforeEach(() => {
    browser = new Browser();
    assistant.usbKey.put(true);
    assistant.usbKey.unlock();
  });

  /** As a page of the service asks, unless another origin is given; `''` says none. */
  async function asks(
    method: string,
    path: string,
    body?: object,
    origin = service.origin,
    more = {},
  ): Promise<Answer> {
    const answer = await fetch(assistant.origin + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(origin ? { origin } : {}), ...more },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) };
  }
  const challenge = async () => service.app.get(CertificateChallenges).issue(PLACE, NAME);
  const newTicket = () => randomBytes(16).toString('hex');
  /** A request that waits for its person, and the window that was opened for it. */
  async function ordered(algorithm: keyof typeof AUTHORITIES = 'p256', bytes?: string) {
    const ticket = newTicket();
    const order = { ticket, bytes: bytes ?? (await challenge()), thumbprint: thumbprints[algorithm] };
    expect((await asks('POST', '/v1/signatures', order)).status).toBe(202);
    const window = await browser.open(`${assistant.origin}/sign/${ticket}`);
    const outcome = async () => (await asks('GET', `/v1/signatures/${ticket}`)).body;
    return { ticket, order, window, outcome };
  }
  const refusal = async (more: object, origin?: string) => {
    const order = { ticket: newTicket(), bytes: await challenge(), thumbprint: thumbprints.p256, ...more };
    const { status, body } = await asks('POST', '/v1/signatures', order, origin);
    return `${status} ${String(body['error'])}`;
  };
  const signs = async (window: Page, pin = assistant.pin) => window.press('assistant-sign', { pin });

  it('lists what is on the key: names, authority, end, serial, whose they are', async () => {
    const { body } = await asks('GET', '/v1/certificates');
    const list = body['certificates'] as Record<string, string>[];
    expect(list.map(({ thumbprint }) => thumbprint)).toEqual(expect.arrayContaining(Object.values(thumbprints)));
    expect(list[0]).toMatchObject({ name: NAME, creditCode: CODE, authority: '北京证书（示例）', usage: 'sign' });
    expect(list.map(({ creditCode }) => creditCode)).toEqual([CODE, CODE, CODE]);
  });

  it.each(['rsa', 'p256', 'sm2'] as const)(
    '%s: signs what the person has confirmed, and the service believes it',
    async (algorithm) => {
      const bytes = await challenge();
      const { window, outcome } = await ordered(algorithm, bytes);
      for (const part of [service.origin, '证书登录 login', NAME]) expect(window.text).toContain(part);
      expect(await outcome()).toEqual({ state: 'waiting' });
      const closed = await signs(window);
      expect(closed.has('#outcome[data-state="signed"]')).toBe(true);
      const { certificate, signature } = (await outcome()) as { certificate: string; signature: string };
      const proved = await service.app.get(CertificateJudge).prove(PLACE, { challenge: bytes, certificate, signature });
      expect(proved.creditCode.reveal()).toBe(CODE);
    },
  );

  it('a window that opens before the page has asked waits for it', async () => {
    const window = await browser.open(`${assistant.origin}/sign/${newTicket()}`);
    expect([window.status, window.title]).toEqual([200, '正在等待网页的请求']);
    expect(window.html).toContain('http-equiv="refresh"');
  });

  it('answers to its own name alone, whatever the address', async () => {
    const by = async (host: string, path: string) =>
      new Promise((done) => {
        const { port } = new URL(assistant.origin);
        const headers = { host, origin: service.origin };
        httpRequest({ host: '127.0.0.1', port, path, headers }, (answer) => {
          answer.resume();
          done(answer.statusCode);
        }).end();
      });
    const { host } = new URL(assistant.origin);
    for (const path of ['/v1/certificates', '/', '/alive.png', '/sign/x']) {
      expect([path, await by('evil.example', path), await by(host.replace('127.0.0.1', 'localhost'), path)]).toEqual([
        path,
        421,
        421,
      ]);
    }
    expect(await by(host, '/v1/certificates')).toBe(200);
  });

  it('refuses every other site, and whoever does not say who asks', async () => {
    for (const origin of ['https://evil.example', 'null', '', assistant.origin, `${service.origin}.evil.example`]) {
      const { status, headers } = await asks('GET', '/v1/certificates', undefined, origin);
      expect([origin, status, headers.get('access-control-allow-origin')]).toEqual([origin, 403, null]);
      expect(await refusal({}, origin)).toBe('403 wrong-origin');
    }
  });

  it('answers preflights of its sites, of private networks too, and of nobody else', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-private-network': 'true' };
    const good = await asks('OPTIONS', '/v1/signatures', undefined, service.origin, preflight);
    expect(good.status).toBe(204);
    expect(good.headers.get('access-control-allow-origin')).toBe(service.origin);
    expect(good.headers.get('access-control-allow-headers')).toBe('Content-Type');
    expect(good.headers.get('access-control-allow-private-network')).toBe('true');
    expect(good.headers.get('vary')).toBe('Origin');
    const bad = await asks('OPTIONS', '/v1/signatures', undefined, 'https://evil.example', preflight);
    expect([bad.status, bad.headers.get('access-control-allow-private-network')]).toEqual([403, null]);
  });

  it('signs nothing but a challenge, whole and readable', async () => {
    const text = Buffer.from(await challenge(), 'base64').toString();
    const as = async (changed: string | Buffer) => refusal({ bytes: Buffer.from(changed).toString('base64') });
    for (const changed of [
      'my own text',
      text.split('\n').slice(1).join('\n'),
      text.replace(' 1\n', ' 2\n'),
      `${text}and more\n`,
      text.replace('purpose: ', 'purpose: \u202e'),
      text.replace('nonce: ', 'nonce: z'),
      text.replaceAll('\n', '\r\n'),
      Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
    ])
      expect([changed.toString().slice(0, 40), await as(changed)]).toEqual([
        changed.toString().slice(0, 40),
        '422 not-a-challenge',
      ]);
    expect(await refusal({ bytes: 'no base64' })).toBe('422 not-a-challenge');
    expect(await refusal({ bytes: 7 })).toBe('422 not-a-challenge');
  });

  it('signs for the site that asks, never one site’s challenge for another', async () => {
    const text = Buffer.from(await challenge(), 'base64').toString();
    const other = text.replace(`issuer: ${service.origin}`, `issuer: ${OTHER_SITE}`);
    expect(await refusal({ bytes: Buffer.from(other).toString('base64') })).toBe('403 other-issuer');
  });

  it('refuses numbers that are none or used, and certificates that it has not', async () => {
    const { order } = await ordered();
    expect(await refusal({ ticket: order.ticket })).toBe('400 malformed');
    expect(await refusal({ ticket: '../x' })).toBe('400 malformed');
    expect(await refusal({ thumbprint: '00' })).toBe('404 unknown-certificate');
    expect((await asks('POST', '/v1/signatures', [])).status).toBe(400);
    expect((await asks('GET', `/v1/signatures/${newTicket()}`)).status).toBe(404);
  });

  it('a wrong PIN signs nothing and counts; at none left the key is locked, the right PIN too', async () => {
    for (const tries of [4, 3, 2, 1]) {
      const { window, outcome } = await ordered();
      await signs(window, '000000');
      expect(await outcome()).toEqual({ state: 'wrong-pin', tries });
      expect((await signs(window)).has('#outcome[data-state="wrong-pin"]')).toBe(true);
      expect(await outcome()).toEqual({ state: 'wrong-pin', tries });
    }
    const [last, open] = [await ordered(), await ordered()];
    await signs(last.window, '');
    expect(await last.outcome()).toEqual({ state: 'pin-locked' });
    await signs(open.window);
    expect(await open.outcome()).toEqual({ state: 'pin-locked' });
    expect(await refusal({})).toBe('409 pin-locked');
    expect(new UsbKey(assistant.keyFile, assistant.pin).triesLeft).toBe(0);
    const home = await browser.open(assistant.origin);
    await home.press('key-unlock');
    expect(assistant.usbKey.triesLeft).toBe(5);
  });

  it('a right PIN makes all tries good again', async () => {
    const wrong = await ordered();
    await signs(wrong.window, '1');
    const right = await ordered();
    await signs(right.window);
    expect([(await right.outcome())['state'], assistant.usbKey.triesLeft]).toEqual(['signed', 5]);
  });

  it('cancelled is cancelled, reloaded and pressed again or not', async () => {
    const { window, outcome } = await ordered();
    const closed = await window.press('assistant-cancel');
    expect([closed.title, closed.has('script[src="/close.js"]')]).toEqual(['已取消，没有签名', true]);
    await signs(window);
    expect(await outcome()).toEqual({ state: 'cancelled' });
  });

  it('nobody there in time: nothing is signed', async () => {
    const { window, outcome } = await ordered();
    now += 121_000;
    expect(await outcome()).toEqual({ state: 'timed-out' });
    await signs(window);
    expect(await outcome()).toEqual({ state: 'timed-out' });
    now += 300_000;
    expect(await outcome()).toEqual({ error: 'unknown-ticket' });
  });

  it('a key that is pulled out lists nothing, takes nothing, signs nothing', async () => {
    const { window, outcome } = await ordered();
    const home = await browser.open(assistant.origin);
    expect((await home.press('key-remove')).has('#key-insert')).toBe(true);
    expect(await asks('GET', '/v1/certificates')).toMatchObject({ status: 409, body: { error: 'no-key' } });
    expect(await refusal({})).toBe('409 no-key');
    await signs(window);
    expect(await outcome()).toEqual({ state: 'no-key' });
    await (await browser.open(assistant.origin)).press('key-insert');
    expect((await asks('GET', '/v1/certificates')).status).toBe(200);
  });

  it('at most ten requests wait at once', async () => {
    now += 600_000;
    for (let made = 0; made < 10; made += 1) expect(await refusal({})).toBe('202 undefined');
    expect(await refusal({})).toBe('429 busy');
    now += 600_000;
  });

  it('another site’s page can neither send its forms nor frame them', async () => {
    const { window, ticket, outcome } = await ordered();
    const { fields } = window.form('assistant-sign');
    const address = `${assistant.origin}/sign/${ticket}`;
    const stolen = { decision: 'sign', pin: assistant.pin };
    expect((await browser.post(address, stolen)).status).toBe(403);
    const foreign = await browser.post(address, { ...fields, ...stolen }, { origin: service.origin });
    expect([foreign.status, foreign.has('#refused')]).toEqual([403, true]);
    expect((await browser.post(`${assistant.origin}/key/remove`, {})).status).toBe(403);
    expect(await outcome()).toEqual({ state: 'waiting' });
    expect(window.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(window.headers.get('x-frame-options')).toBe('DENY');
  });

  it('one site’s signature is no other site’s to read', async () => {
    const { ticket } = await ordered();
    const other = await asks('GET', `/v1/signatures/${ticket}`, undefined, OTHER_SITE);
    expect([other.status, other.body]).toEqual([404, { error: 'unknown-ticket' }]);
  });

  it('its keys lie in a file of its owner’s', () => {
    expect(statSync(assistant.keyFile).mode & 0o777).toBe(0o600);
    const kept = new UsbKey(assistant.keyFile, assistant.pin);
    expect([kept.isNew, kept.certificates().length]).toEqual([false, 3]);
  });

  it('has new certificates issued for a company and its code, each field with its own message', async () => {
    const home = await browser.open(assistant.origin);
    const refused = await home.press('certificate-order', {
      entityName: '',
      creditCode: '91420100MA4KABC110',
      authority: '',
    });
    expect([refused.status, refused.codeAt('entityName'), refused.codeAt('creditCode')]).toEqual([
      422,
      'entity-name.missing',
      'credit-code.checksum',
    ]);
    expect(refused.value('creditCode')).toBe('91420100MA4KABC110');
    const nobody = await home.press('certificate-order', { entityName: NAME, creditCode: CODE, authority: 'hebei' });
    expect([nobody.status, nobody.codeAt('authority')]).toEqual([422, 'certificate-order.authority']);
    const before = assistant.usbKey.certificates().length;
    const issued = await home.press('certificate-order', { entityName: NAME, creditCode: CODE, authority: 'unicom' });
    expect([issued.status, issued.text.includes('新证书已写入密钥盘')]).toEqual([200, true]);
    expect(assistant.usbKey.certificates()).toHaveLength(before + 1);
  });

  it('the sandbox certifies keys of our kinds for codes that are codes, by authorities that are here', async () => {
    const order = { name: NAME, creditCode: CODE, publicKey: keyOf('p256').spki.toString('base64') };
    const of = async (id: string, more: Record<string, string> = {}) => {
      const body = new URLSearchParams({ ...order, ...more });
      const headers = { accept: 'application/json' };
      return fetch(`${service.origin}/sandbox/authorities/${id}/certificates`, { method: 'POST', body, headers });
    };
    expect((await of('unicom')).status).toBe(201);
    expect((await of('hebei')).status).toBe(404);
    for (const publicKey of ['', 'AAAA', keyOf('p256').spki.subarray(1).toString('base64')])
      expect(((await (await of('unicom', { publicKey })).json()) as { code: string }).code).toBe('request.malformed');
    expect((await of('unicom', { creditCode: '91420100MA4KABC110' })).status).toBe(422);
  });

  it('a service that is away is said to be, and nothing is lost', async () => {
    const port = await freePort();
    const lonely = await startAssistant(`http://localhost:${await freePort()}`, port);
    const page = await browser.open(lonely.origin);
    const answer = await page.press('certificate-order', { entityName: NAME, creditCode: CODE, authority: 'jit' });
    expect([page.status, answer.status, answer.value('creditCode')]).toEqual([200, 503, CODE]);
    for (const one of [page, answer]) expect(one.text).toContain('联系不上演示服务');
    await lonely.close();
  });

  it('holds keys of a directory of PEM files as well; a file that does not fit is named', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tongxing-pem-'));
    const issued = TestCa.root('p256').issues();
    writeFileSync(join(directory, 'one.pem'), issued.key.exported + pem(issued.der));
    const env = { ASSISTANT_KEYS: directory };
    const own = await startAssistant(service.origin, await freePort(), env);
    expect(own.usbKey.certificates()[0]?.thumbprint).toBe(issued.certificate.thumbprint);
    const signature = own.usbKey.find(issued.certificate.thumbprint)?.key.sign(Buffer.from('x')) as Buffer;
    const key = createPublicKey({ key: issued.key.spki, format: 'der', type: 'spki' });
    expect(verify('sha256', Buffer.from('x'), key, signature)).toBe(true);
    await own.close();
    writeFileSync(join(directory, 'two.pem'), keyOf('p256', 'another').exported + pem(issued.der));
    await expect(startAssistant(service.origin, await freePort(), env)).rejects.toThrow('two.pem: a key that is not');
  });

  it('is told in words what is wrong with its environment', () => {
    expect(() => assistantEnv({ ASSISTANT_PORT: 'x' })).toThrow('a port expected');
    expect(() => assistantEnv({ ASSISTANT_ORIGINS: 'ftp://x' })).toThrow('ASSISTANT_ORIGINS: ftp://x is no origin');
    expect(() => assistantEnv({ ASSISTANT_KEYS: '/nowhere/at/all' })).toThrow('ASSISTANT_KEYS: there is no');
    expect(assistantEnv({ PORT: '4000' })).toMatchObject({ port: 4009, origins: ['http://localhost:4000'] });
  });
});
