import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import type { Env } from '../config/env.js';
import { Clock } from '../shared/clock.js';
import { PersonName } from '../shared/person-name.js';
import { Phone } from '../shared/phone.js';
import { ResidentId } from '../shared/resident-id.js';
import { CircuitBreaker, GatewayDown } from './circuit-breaker.js';
import { IdentityVerifierClient } from './identity-verifier/identity-verifier.client.js';
import { OutboundFetch, OutboundRefused } from './outbound.js';
import { AliyunSmsClient, signedParameters } from './sms/aliyun-sms.client.js';

const guard = (outboundAllow: string[]): OutboundFetch => new OutboundFetch({ outboundAllow } as unknown as Env);
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

describe('the guarded fetch', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/redirect') return response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      if (request.url === '/large') return response.end(Buffer.alloc(2 * 1024 * 1024));
      if (request.url === '/silent') return undefined;
      if (request.url === '/host') return response.end(request.headers.host);
      return response.end('here');
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('reaches what the operator listed, by address and by name', async () => {
    expect(await (await guard(LOOPBACK).fetch(origin)).text()).toBe('here');
    expect((await guard(LOOPBACK).fetch(origin.replace('127.0.0.1', 'localhost'))).status).toBe(200);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://10.0.0.1/',
    'http://[::1]:1/',
    'http://localhost:1/',
    'http://0.0.0.0/',
    'http://192.168.1.1/',
    'http://[fd00::1]/',
    'http://[::ffff:127.0.0.1]/',
  ])('refuses %s when it is not listed', async (url) => {
    await expect(guard([]).fetch(url)).rejects.toThrow(OutboundRefused);
  });

  it.each([
    'http://169.254.169.254/',
    'http://[fe80::1]/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://[fd00:ec2::254]/',
  ])('refuses %s whatever is listed', async (url) => {
    await expect(guard(['0.0.0.0/0', '::/0']).fetch(url)).rejects.toThrow(OutboundRefused);
  });

  it.each([
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
  ])('knows this machine under the name %s', async (url) => {
    await expect(guard([]).fetch(url)).rejects.toThrow(OutboundRefused);
  });

  it('goes to the address it has checked, under the name it was given', async () => {
    const { port } = new URL(origin);
    const url = `http://localhost:${port}/host`;
    expect(await (await guard(LOOPBACK).fetch(url)).text()).toBe(`localhost:${port}`);
  });

  it('ends with the signal of the caller', async () => {
    const signal = AbortSignal.timeout(30);
    await expect(guard(LOOPBACK).fetch(`${origin}/silent`, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(guard(LOOPBACK).fetch(origin, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('refuses other schemes', async () => {
    await expect(guard(LOOPBACK).fetch('file:///etc/passwd')).rejects.toThrow(OutboundRefused);
  });

  it('follows no redirect, takes no large answer, and waits three seconds at most', async () => {
    expect((await guard(LOOPBACK).fetch(`${origin}/redirect`)).status).toBe(302);
    await expect(guard(LOOPBACK).fetch(`${origin}/large`)).rejects.toThrow(OutboundRefused);
    const begun = performance.now();
    await expect(guard(LOOPBACK).fetch(`${origin}/silent`)).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(6000);
  });
});

describe('the circuit breaker', () => {
  it('asks nobody for ten seconds after five failures, then tries again', async () => {
    const clock = new Clock();
    const breaker = new CircuitBreaker('x', clock, 1000);
    let asked = 0;
    const fails = async () => {
      asked += 1;
      throw new Error('down');
    };
    for (let tries = 0; tries < 8; tries += 1) await expect(breaker.run(fails)).rejects.toThrow(GatewayDown);
    expect(asked).toBe(5);
    clock.advance(11);
    expect(await breaker.run(async () => 'up')).toBe('up');
  });

  it('lets one ask again for all: the others do not wait for what is still down', async () => {
    const clock = new Clock();
    const breaker = new CircuitBreaker('x', clock, 1000);
    let asked = 0;
    const fails = async () => {
      asked += 1;
      throw new Error('down');
    };
    for (let tries = 0; tries < 5; tries += 1) await expect(breaker.run(fails)).rejects.toThrow(GatewayDown);
    clock.advance(11);
    await Promise.allSettled(Array.from({ length: 20 }, async () => breaker.run(fails)));
    expect(asked).toBe(6);
    clock.advance(11);
    expect(await breaker.run(async () => 'up')).toBe('up');
    expect(await breaker.run(async () => 'up')).toBe('up');
  });

  it('takes a late answer for none', async () => {
    const breaker = new CircuitBreaker('x', new Clock(), 50);
    await expect(breaker.run(async () => new Promise(() => undefined))).rejects.toThrow(GatewayDown);
  });
});

describe('the real clients', () => {
  const received: { headers: Record<string, unknown>; body: string }[] = [];
  let answer = '{}';
  let status = 200;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end(answer);
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterAll(() => server.close());

  it('identity verifier: signs time, nonce and body, and reads the three answers', async () => {
    const client = new IdentityVerifierClient({ url, keyId: 'key', secret: 'secret' }, guard(LOOPBACK), new Clock());
    const name = PersonName.parse('张三');
    const id = ResidentId.fromCanonical('420106199003071019');
    for (const result of ['match', 'mismatch', 'not-found']) {
      answer = JSON.stringify({ result });
      expect(await client.compare(name, id)).toBe(result);
    }
    const { headers, body } = received.at(-1) as (typeof received)[number];
    expect(JSON.parse(body)).toEqual({ name: '张三', idNumber: '420106199003071019' });
    const signed = `${String(headers['x-timestamp'])}\n${String(headers['x-nonce'])}\n${body}`;
    expect(headers['x-signature']).toBe(createHmac('sha256', 'secret').update(signed).digest('base64'));
    answer = '{"result":"perhaps"}';
    await expect(client.compare(name, id)).rejects.toThrow(GatewayDown);
    status = 500;
    answer = '{"result":"match"}';
    await expect(client.compare(name, id)).rejects.toThrow(GatewayDown);
    status = 200;
  });

  it('Aliyun SMS: the published example of the signature, and a refusal of the operator', async () => {
    const example = {
      AccessKeyId: 'testId',
      Action: 'SendSms',
      Format: 'XML',
      OutId: '123',
      PhoneNumbers: '15300000001',
      RegionId: 'cn-hangzhou',
      SignName: '阿里云短信测试专用',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
      SignatureVersion: '1.0',
      TemplateCode: 'SMS_71390007',
      TemplateParam: '{"customer":"test"}',
      Timestamp: '2017-07-12T02:42:19Z',
      Version: '2017-05-25',
    };
    const body = signedParameters(example, 'testSecret');
    const [, signature = ''] = /^Signature=([^&]+)&/.exec(body) ?? [];
    const [, rest = ''] = /^Signature=[^&]+&(.*)$/.exec(body) ?? [];
    const wanted = createHmac('sha1', 'testSecret&')
      .update(`POST&%2F&${encodeURIComponent(rest)}`)
      .digest('base64');
    expect(decodeURIComponent(signature)).toBe(wanted);

    const account = { keyId: 'a', secret: 'b', sign: '湖北政务', templates: { registration: 'SMS_1' } };
    const client = new AliyunSmsClient(account, guard(LOOPBACK), new Clock(), url);
    const message = { purpose: 'registration', code: '123456', object: '武汉', minutes: 5 } as const;
    answer = '{"Code":"OK"}';
    await client.send(Phone.parse('13800000000'), message);
    const sent = new URLSearchParams(received.at(-1)?.body);
    expect(sent.get('PhoneNumbers')).toBe('13800000000');
    expect(JSON.parse(sent.get('TemplateParam') as string)).toEqual({ code: '123456', object: '武汉', minutes: '5' });
    answer = '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}';
    for (let refused = 0; refused < 6; refused += 1) {
      await expect(client.send(Phone.parse('13800000000'), message)).rejects.toThrow(GatewayDown);
    }
    answer = '{"Code":"OK"}';
    await client.send(Phone.parse('13900000000'), message);
    await expect(client.send(Phone.parse('13900000000'), { ...message, purpose: 'reset' })).rejects.toThrow(
      'no template',
    );
  });
});
