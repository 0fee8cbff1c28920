import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Env } from '../../config/env.js';
import { Clock } from '../../shared/clock.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';
import { OutboundFetch } from '../outbound.js';
import { GatewayDown } from '../outside-party.js';
import { EnterpriseRegisterClient, signatureOf } from './enterprise-register.client.js';
import { EnterpriseRegisterStub, stubEnterprises } from './enterprise-register.stub.js';

const SECRET = 'a-secret-of-the-tests';
const claim = (more: Partial<{ creditCode: string; name: string; person: string; idNumber: string }> = {}) => ({
  creditCode: CreditCode.parse(more.creditCode ?? '91420100MA100005X4'),
  name: EntityName.parse(more.name ?? '示例（武汉）贸易有限公司'),
  representative: {
    name: PersonName.parse(more.person ?? '张三'),
    idNumber: ResidentId.fromCanonical(more.idNumber ?? '420106199003071019'),
  },
  transaction: 'T-1',
});
const AGREES = { found: true, state: 'active', nameAgrees: true, representativeAgrees: true };

describe('the enterprise register over HTTPS and HMAC (docs/gateways.md)', () => {
  let server: Server;
  let asked: { headers: IncomingHttpHeaders; body: string; path: string }[];
  let answer: { status: number; body: string };
  let client: EnterpriseRegisterClient;

  beforeEach(async () => {
    asked = [];
    answer = { status: 200, body: JSON.stringify({ reference: 'R-1', ...AGREES }) };
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? '' });
        response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
      });
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/compare`;
    const outbound = new OutboundFetch({ outboundAllow: ['127.0.0.0/8'] } as unknown as Env);
    client = new EnterpriseRegisterClient({ url, keyId: 'province', secret: SECRET }, outbound, new Clock());
  });
  afterEach(async () => {
    await new Promise((done) => {
      server.close(done);
    });
  });

  it('asks with the very fields of the contract, signed, and understands the answer', async () => {
    expect(await client.compare(claim())).toEqual({ reference: 'R-1', ...AGREES });
    const [{ headers, body, path }] = asked as [(typeof asked)[number]];
    expect(JSON.parse(body)).toEqual({
      creditCode: '91420100MA100005X4',
      name: '示例(武汉)贸易有限公司',
      representative: { name: '张三', idNumber: '420106199003071019' },
    });
    const time = headers['x-time'] as string;
    expect([path, headers['x-key-id'], headers['x-transaction']]).toEqual(['/compare', 'province', 'T-1']);
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
    expect(headers['x-signature']).toBe(signatureOf(SECRET, '/compare', time, 'T-1', body));
  });

  it('not found is an answer', async () => {
    answer.body = JSON.stringify({ reference: 'R-2', found: false });
    expect(await client.compare(claim())).toEqual({ reference: 'R-2', found: false });
  });

  it.each([
    ['503', 503, '{}'],
    ['403', 403, '{}'],
    ['a redirect', 302, ''],
    ['no JSON', 200, '<html>'],
    ['no reference', 200, JSON.stringify(AGREES)],
    ['an unknown state', 200, JSON.stringify({ ...AGREES, reference: 'R', state: 'asleep' })],
    ['less than was asked', 200, JSON.stringify({ reference: 'R', found: true, state: 'active', nameAgrees: true })],
  ])('%s is down for us', async (_what, status, body) => {
    answer = { status, body };
    await expect(client.compare(claim())).rejects.toThrow(GatewayDown);
  });
});

describe('the stub register', () => {
  const stub = new EnterpriseRegisterStub(stubEnterprises());
  it.each([
    ['agrees', {}, AGREES],
    ['another name', { name: '武汉示例科技有限公司' }, { ...AGREES, nameAgrees: false }],
    ['another representative', { person: '李四' }, { ...AGREES, representativeAgrees: false }],
    ['another number', { idNumber: '420106198506121028' }, { ...AGREES, representativeAgrees: false }],
    ['not found', { creditCode: '31420000MD0003C45K' }, { found: false }],
    ['cancelled', { creditCode: '91420100MA1000076Y' }, { found: true, state: 'cancelled' }],
    ['revoked', { creditCode: '91420100MA10001210' }, { found: true, state: 'revoked' }],
  ])('%s', async (_what, more, expected) => {
    expect(await stub.compare(claim(more))).toMatchObject(expected);
  });

  it('is down for the one that is to be down', async () => {
    await expect(stub.compare(claim({ creditCode: '91420100MA4KDWN10M' }))).rejects.toThrow(GatewayDown);
  });

  it('every fictional entity has a sound code, and people that the identity verifier knows', () => {
    expect(stubEnterprises().length).toBeGreaterThan(10);
  });
});
