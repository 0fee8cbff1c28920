import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Agent, fetch as undiciFetch } from 'undici';
import { Env } from '../config/env.js';

const TIMEOUT_MS = 3000;
const LARGEST_BYTES = 1024 * 1024;

/** Other bounds of time and size, for what no person waits for. */
interface Bounds {
  timeoutMs?: number;
  largestBytes?: number;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address or the host may not be reached from here. */
export class OutboundRefused extends Error {}

/** What came is more than is taken. */
export class AnswerTooLarge extends OutboundRefused {}

const isPublic = (address: Address): boolean => address.range() === 'unicast';
/** Metadata services of clouds that are not link-local: Alibaba, Azure (a public address), Oracle, AWS over IPv6. */
const METADATA = new Set(
  ['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254'].map((text) => ipaddr.parse(text).toString()),
);
/** Never, whatever an operator lists. */
const isForbidden = (address: Address): boolean => address.range() === 'linkLocal' || METADATA.has(address.toString());

const parse = (host: string): Address | undefined => (ipaddr.isValid(host) ? ipaddr.process(host) : undefined);

/** A name server that does not answer counts against the three seconds too. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([work, late]);
}

/** Whether a host, as a URL has it, is an address that nothing of ours is ever sent to: a cloud tells its machines' secrets there. */
export function isNeverReached(hostname: string): boolean {
  const address = parse(hostname.replace(/^\[|\]$/g, ''));
  return address !== undefined && isForbidden(address);
}

/**
 * The only way out: every resolved address must be public or in a range the operator listed; the connection goes to the
 * very address that was checked, follows no redirects, and is bound in time and size (DESIGN 4).
 */
@Injectable()
export class OutboundFetch {
  private readonly ranges: [Address, number][];
  private readonly hosts: Set<string>;

  constructor(env: Env) {
    this.ranges = env.outboundAllow.filter((item) => ipaddr.isValidCIDR(item)).map((item) => ipaddr.parseCIDR(item));
    this.hosts = new Set(
      env.outboundAllow.filter((item) => !ipaddr.isValidCIDR(item)).map((host) => host.toLowerCase()),
    );
  }

  /**
   * @param init.signal ends it earlier than the three seconds it has at most
   * @throws {OutboundRefused} for an address that may not be reached @throws {AnswerTooLarge} @throws network errors as they are
   */
  async fetch(url: string | URL, init: RequestInit = {}, bounds: Bounds = {}): Promise<Response> {
    const chunks: Uint8Array[] = [];
    const answer = await this.answered(url, init, bounds, (chunk) => chunks.push(chunk));
    const bodiless = answer.status === 204 || answer.status === 304;
    const body = bodiless ? null : new Uint8Array(Buffer.concat(chunks));
    return new Response(body, { status: answer.status, headers: [...answer.headers] });
  }

  /**
   * A GET whose answer is given on piece by piece: for what is too large to be held, or copied, as a whole.
   * @throws as `fetch`; {Error} for another status than 200, of which nothing is given on
   */
  async stream(url: string | URL, take: (chunk: Uint8Array) => void, bounds: Bounds = {}): Promise<void> {
    await this.answered(url, {}, bounds, (chunk, status) => {
      if (status === 200) take(chunk);
    }).then(({ status }) => {
      if (status !== 200) throw new Error(`answered ${status}`);
    });
  }

  private async answered(
    url: string | URL,
    init: RequestInit,
    { timeoutMs = TIMEOUT_MS, largestBytes = LARGEST_BYTES }: Bounds,
    take: (chunk: Uint8Array, status: number) => void,
  ): Promise<Response> {
    const target = new URL(url);
    const late = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
    const address = await inTime(this.resolve(target), signal);
    const agent = new Agent({
      connect: {
        lookup: (_host, options, done) => {
          const found = { address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 };
          if (options.all) return done(null, [found]);
          return done(null, found.address, found.family);
        },
      },
    });
    const { dispatcher: _theirs, ...plain } = init as RequestInit & { dispatcher?: unknown };
    try {
      const answer = (await undiciFetch(target, {
        ...plain,
        signal,
        redirect: 'manual',
        dispatcher: agent,
      } as never)) as unknown as Response;
      let size = 0;
      for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > largestBytes) throw new AnswerTooLarge('the answer is too large');
        take(chunk, answer.status);
      }
      return answer;
    } finally {
      void agent.close().catch(() => undefined);
    }
  }

  private async resolve(target: URL): Promise<Address> {
    if (target.protocol !== 'https:' && target.protocol !== 'http:') throw new OutboundRefused(target.protocol);
    const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const found = ipaddr.isValid(host) ? [{ address: host }] : await lookup(host, { all: true });
    const addresses = found.map(({ address }) => ipaddr.process(address));
    const listed = (address: Address) =>
      this.hosts.has(host) ||
      this.ranges.some(([base, bits]) => base.kind() === address.kind() && address.match([base, bits] as never));
    if (addresses.length === 0 || addresses.some((one) => isForbidden(one) || !(isPublic(one) || listed(one)))) {
      throw new OutboundRefused(`${host} may not be reached`);
    }
    return addresses[0] as Address;
  }
}
