import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { keyUsage } from '../../shared/pki/extensions.js';
import { within } from '../../shared/within.js';
import { Jobs } from '../../storage/jobs.service.js';
import { OutboundFetch } from '../outbound.js';
import { ListReader } from './list-reader.js';
import type { ListSigner, ReadList } from './list-reading.js';
import { RevocationStore } from './revocation-store.service.js';
import type { KeptList } from './revocation-store.service.js';

/** What the lists of an authority say of one certificate. */
export type ListAnswer =
  /** No list of its issuer was ever had. */
  | { state: 'none' }
  | { state: 'revoked' }
  /** `until`: the moment of the next list, which may have passed. */
  | { state: 'good'; until: Date };

const FETCH = { timeoutMs: 60_000, largestBytes: 64 * 1024 * 1024 };
/** So long a person waits for a list that is not there yet; the fetching goes on behind. */
const PATIENCE_MS = 3000;
/** So often it is looked whether another process has it. */
const LOOK_AGAIN_MS = 200;
const SKEW_MS = 5 * 60_000;
const REFRESH = 'revocation.refresh';
const REFRESH_MS = 5 * 60_000;

/** An address, and the end of the list that is kept of it, if there is one. */
interface Wanted {
  url: string;
  nextUpdate?: Date | undefined;
}

/** Full revocation lists: fetched once for all processes, kept until the next one, refreshed ahead of time. */
@Injectable()
export class RevocationLists implements OnModuleInit {
  private readonly log = new Logger('RevocationLists');
  /** What this process fetches now. */
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly store: RevocationStore,
    private readonly outbound: OutboundFetch,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.jobs.recur(REFRESH, REFRESH_MS, async () => this.refreshAhead());
  }

  /**
   * @param issuers who may have signed the lists: the chain and the authority's own certificates
   * @param urls all of an authority's lists; those of other issuers say nothing
   */
  async ask(
    certificate: Certificate,
    issuer: Certificate,
    urls: readonly string[],
    issuers: readonly Certificate[],
  ): Promise<ListAnswer> {
    const serial = Buffer.from(certificate.serial, 'hex');
    const before = await this.store.look(urls, serial);
    const missing = this.missing(before, urls);
    if (missing.length > 0) await within(Promise.all(missing.map(async (one) => this.had(one, issuers))), PATIENCE_MS);
    const kept = missing.length > 0 ? await this.store.look(urls, serial, { anew: true }) : before;
    const own = kept.filter((one) => one.issuer.equals(issuer.subject) && one.issuerSpki.equals(issuer.key.spki));
    if (own.some(({ revoked }) => revoked)) return { state: 'revoked' };
    const [newest] = own.toSorted((a, b) => b.nextUpdate.getTime() - a.nextUpdate.getTime());
    return newest ? { state: 'good', until: newest.nextUpdate } : { state: 'none' };
  }

  private missing(kept: readonly KeptList[], urls: readonly string[]): Wanted[] {
    const ends = new Map(kept.map(({ url, nextUpdate }) => [url, nextUpdate]));
    return urls
      .map((url) => ({ url, nextUpdate: ends.get(url) }))
      .filter(({ nextUpdate }) => !nextUpdate || nextUpdate <= this.clock.now());
  }

  /** Comes back when the list is had, by whichever process, or cannot be. */
  private async had(wanted: Wanted, issuers: readonly Certificate[]): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    while (!(await this.refresh(wanted, signersOf(issuers))) && !patience.aborted) await sleep(LOOK_AGAIN_MS);
  }

  /**
   * Fetches a list, once for all who ask; what cannot be used leaves the one from before. Only a fetch is joined, never an
   * attempt to have the lease: one that began earlier may be told that the address still rests.
   * @returns `false` while another process fetches it
   */
  private async refresh({ url, nextUpdate }: Wanted, signers: readonly ListSigner[]): Promise<boolean> {
    const lease = this.running.has(url) ? 'theirs' : await this.store.lease(url, nextUpdate);
    if (lease instanceof Date) this.running.set(url, this.fetching(url, signers, lease));
    const running = this.running.get(url);
    await running;
    return running !== undefined || lease === 'over';
  }

  private async fetching(url: string, signers: readonly ListSigner[], lease: Date): Promise<void> {
    try {
      await this.fetched(url, signers);
    } catch (error) {
      this.log.warn(`${new URL(url).host}: ${(error as Error).message}`);
      await this.store.rest(url, lease);
    } finally {
      this.running.delete(url);
    }
  }

  private async fetched(url: string, signers: readonly ListSigner[]): Promise<void> {
    const { list, spki } = await this.read(url, signers);
    const now = this.clock.ms();
    if (list.thisUpdate.getTime() - SKEW_MS > now || list.nextUpdate.getTime() <= now) throw new Error('a stale list');
    if (!(await this.store.keep(url, list, spki))) throw new Error('a list older than the one that is kept');
  }

  private async read(url: string, signers: readonly ListSigner[]): Promise<{ list: ReadList; spki: Buffer }> {
    const reader = new ListReader(signers);
    try {
      await this.outbound.stream(url, (piece) => reader.add(piece), FETCH);
      return await reader.end();
    } finally {
      await reader.stop();
    }
  }

  /** Lists that are wanted and end soon, by the issuer that signed the one before. */
  private async refreshAhead(): Promise<void> {
    for (const { issuer, issuerSpki, ...source } of await this.store.endingSoon()) {
      await this.refresh(source, [{ subject: issuer, spki: issuerSpki }]);
    }
    await this.store.tidy();
  }
}

const signersOf = (issuers: readonly Certificate[]): ListSigner[] =>
  issuers
    .filter((one) => keyUsage(one)?.has('cRLSign') !== false)
    .map(({ subject, key }) => ({ subject, spki: key.spki }));
