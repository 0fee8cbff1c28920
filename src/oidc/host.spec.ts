import type { IncomingMessage } from 'node:http';
import { truthOf } from './host.js';

const PROXIES = ['10.0.0.0/8', 'fd00::/8'];

/** The address our code reads, for a peer and what it says in X-Forwarded-For. */
const addressOf = (remoteAddress: string, forwarded?: string, trustProxy = PROXIES): string => {
  const headers: IncomingMessage['headers'] = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  truthOf('https://id.example.cn', trustProxy).rewrite({ headers, socket: { remoteAddress } } as IncomingMessage);
  return String(headers['x-forwarded-for']);
};

describe('one truth of host, scheme and address', () => {
  it.each([
    ['a stranger without a header', '203.0.113.7', undefined, '203.0.113.7'],
    ['a stranger who names another', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['our proxy', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['our proxy by its mapped address', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['two proxies of ours', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['a client who forges hops before our proxy', '10.0.0.1', '1.1.1.1, 10.9.9.9, 198.51.100.1', '198.51.100.1'],
    ['a client who forges our proxy and nothing else', '203.0.113.7', '10.0.0.2', '203.0.113.7'],
    ['a proxy that adds the port', '10.0.0.1', '1.1.1.1, 198.51.100.1:5000', '198.51.100.1'],
    ['a proxy that says IPv6 with the port', 'fd00::1', '[2001:db8::9]:443', '2001:db8::9'],
    ['a word that is no address', '10.0.0.1', '1.1.1.1, unknown', '10.0.0.1'],
    ['hops that are all ours', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['no address at all', '', undefined, ''],
  ])('reads the right-most hop that is not ours: %s', (_who, peer, forwarded, address) => {
    expect(addressOf(peer, forwarded)).toBe(address);
  });

  it('hears nobody where no proxy is named', () => {
    expect(addressOf('10.0.0.1', '198.51.100.1', [])).toBe('10.0.0.1');
  });

  it('takes scheme and host from the issuer and drops every other forwarded header, from our proxy too', () => {
    const headers: IncomingMessage['headers'] = {
      forwarded: 'host=evil.example;proto=http',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-port': '81',
      'x-forwarded-proto': 'http',
      'x-real-ip': '1.1.1.1',
    };
    const truth = truthOf('https://id.example.cn', PROXIES);
    truth.rewrite({ headers, socket: { remoteAddress: '10.0.0.1' } } as IncomingMessage);
    expect(truth.host).toBe('id.example.cn');
    expect(headers).toEqual({ 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'https' });
  });
});
