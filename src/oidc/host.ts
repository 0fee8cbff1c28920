import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];
type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [IpAddress, number];

const MOST_KEPT = 5000;

const parse = (address: string | undefined): IpAddress | undefined =>
  address && ipaddr.isValid(address) ? ipaddr.process(address) : undefined;

/** Some proxies add the port. */
const bare = (hop: string): string => hop.trim().replace(/^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2');

const within = (address: IpAddress, ranges: readonly Range[]): boolean =>
  ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));

/**
 * Makes one truth of host, scheme and address, before anybody reads a header: scheme and host come from the issuer, the
 * address is the right-most hop that is not one of our proxies, and forwarded headers of strangers are dropped.
 */
export function truthOf(issuer: string, trustProxy: readonly string[]) {
  const { host, protocol } = new URL(issuer);
  const trusted = trustProxy.map((cidr) => ipaddr.parseCIDR(cidr) as Range);

  /** Peers are few where there is a proxy, and come again and again where there is none. */
  const kept = new Map<string, IpAddress | undefined>();

  function peerOf(remote: string): IpAddress | undefined {
    if (kept.has(remote)) return kept.get(remote);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(remote, parse(remote));
    return kept.get(remote);
  }

  /** From our peer leftwards, as long as the teller is a proxy of ours; a word that is no address ends the tale. */
  function clientOf(peer: IpAddress | undefined, forwarded: string): string {
    let client = peer;
    for (const hop of forwarded.split(',').toReversed()) {
      const told = client && within(client, trusted) ? parse(bare(hop)) : undefined;
      if (!told) break;
      client = told;
    }
    return client?.toString() ?? '';
  }

  return {
    host,
    rewrite(request: IncomingMessage): void {
      const peer = peerOf(request.socket.remoteAddress ?? '');
      const client = clientOf(peer, String(request.headers['x-forwarded-for'] ?? ''));
      for (const name of FORWARDED) delete request.headers[name];
      request.headers['x-forwarded-for'] = client;
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    },
  };
}
