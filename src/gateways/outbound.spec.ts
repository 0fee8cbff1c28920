import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Env } from '../config/env.js';
import { AnswerTooLarge, OutboundFetch, OutboundRefused } from './outbound.js';

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

  it('gives a long answer on piece by piece, within its bounds, and nothing of an answer that is none', async () => {
    const streamed = async (path: string, largestBytes: number): Promise<number> => {
      let size = 0;
      await guard(LOOPBACK).stream(origin + path, (piece) => (size += piece.length), { largestBytes });
      return size;
    };
    expect(await streamed('/large', 2 * 1024 * 1024)).toBe(2 * 1024 * 1024);
    await expect(streamed('/large', 1024 * 1024)).rejects.toThrow(OutboundRefused);
    await expect(streamed('/redirect', 1024)).rejects.toThrow('answered 302');
    await expect(guard([]).stream(origin, () => undefined)).rejects.toThrow(OutboundRefused);
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
    await expect(guard(LOOPBACK).fetch(`${origin}/large`)).rejects.toThrow(AnswerTooLarge);
    const begun = performance.now();
    await expect(guard(LOOPBACK).fetch(`${origin}/silent`)).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(6000);
  });
});
