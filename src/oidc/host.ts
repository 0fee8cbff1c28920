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
type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

const parse = (address: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | undefined =>
  address && ipaddr.isValid(address) ? ipaddr.process(address) : undefined;

const within = (address: ipaddr.IPv4 | ipaddr.IPv6 | undefined, ranges: readonly Range[]): boolean =>
  address !== undefined && ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));

/** Addresses repeat: reading the same one again costs more than keeping it. */
const MOST_KEPT = 5000;

/**
 * Makes one truth of host, scheme and address, before anybody reads a header: scheme and host come from the issuer, the
 * address is the right-most hop that is not one of our proxies, and forwarded headers of strangers are dropped.
 */
export function truthOf(issuer: string, trustProxy: readonly string[]) {
  const { host, protocol } = new URL(issuer);
  const trusted = trustProxy.map((cidr) => ipaddr.parseCIDR(cidr) as Range);

  const kept = new Map<string, string>();

  function clientOf(remote: string, forwarded: string): string {
    const peer = parse(remote);
    const hops = within(peer, trusted) ? forwarded.split(',') : [];
    const addresses = [
      ...hops.map((hop) => parse(hop.trim())).filter((hop) => hop !== undefined),
      ...(peer ? [peer] : []),
    ];
    return (addresses.findLast((address) => !within(address, trusted)) ?? addresses[0])?.toString() ?? '';
  }

  return {
    host,
    rewrite(request: IncomingMessage): void {
      const remote = request.socket.remoteAddress ?? '';
      const forwarded = String(request.headers['x-forwarded-for'] ?? '');
      const client = kept.get(`${remote} ${forwarded}`) ?? clientOf(remote, forwarded);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(`${remote} ${forwarded}`, client);
      for (const name of FORWARDED) delete request.headers[name];
      request.headers['x-forwarded-for'] = client;
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    },
  };
}
