import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { demoApp, demoClients, demoSites } from '../config/demo-sites.js';
import { TrustedAuthorities } from '../identity/certificates/trusted-authorities.service.js';
import { Changes } from './changes.service.js';
import type { Part } from './changes.service.js';
import { ClientJudge } from './sites/client-rules.js';
import { ignoredMembers } from './sites/ignored-members.js';
import { CurrentProvider } from './current-provider.service.js';
import { buildProvider } from './provider.js';
import type { ProviderParts } from './provider.js';
import { SigningKeys } from './signing-keys.service.js';
import { ListedSites } from './sites/listed-sites.service.js';
import type { ListedBy } from './sites/listed-sites.service.js';
import { BY_FILE } from './sites/site-changes.service.js';
import type { SiteActor } from './sites/site-changes.service.js';
import type { Metadata } from './sites/site-differences.js';
import { checkedSites, entryFaults, readSites } from './sites/sites-file.js';

export const PROVIDER_PARTS = Symbol('PROVIDER_PARTS');
const POLL_MS = 5000;

/** Builds the engine at boot, and again when keys or sites have changed: one poller for these and the trusted authorities. */
@Injectable()
export class Engine implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Engine');
  private timer?: NodeJS.Timeout;
  private known: ReadonlyMap<Part, string | null> = new Map();
  private failed = false;

  constructor(
    private readonly current: CurrentProvider,
    private readonly keys: SigningKeys,
    private readonly authorities: TrustedAuthorities,
    private readonly changes: Changes,
    private readonly listed: ListedSites,
    @Inject(PROVIDER_PARTS) private readonly parts: ProviderParts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.keys.ensure();
    const entries = await this.registered();
    const remarks = entries ? await this.list(entries, { actor: BY_FILE }) : [];
    for (const remark of remarks) this.log.warn(remark);
    await this.refresh();
    this.timer = setInterval(() => void this.poll(), POLL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Looks for changed authorities, keys and sites, and builds a new engine when it needs one. */
  async refresh(): Promise<void> {
    const marks = await this.changes.marks();
    const changed = (part: Part) => this.known.get(part) !== marks.get(part);
    if (changed('authorities')) await this.authorities.refresh();
    if (changed('sites')) await this.parts.sites.refresh();
    if (changed('keys') || changed('sites')) {
      this.current.replace(buildProvider(this.parts, await this.keys.jwks()));
    }
    this.known = marks;
  }

  /** What cannot be read keeps the engine as it is; said once, until it can be read again. */
  private async poll(): Promise<void> {
    try {
      await this.refresh();
      this.failed = false;
    } catch (error) {
      if (!this.failed) this.log.error('sites and keys cannot be read', error);
      this.failed = true;
    }
  }

  /** Checks entries by our rules and the engine's, without storing anything. @throws {SitesFault} with every fault */
  async check(entries: unknown): Promise<Record<string, unknown>[]> {
    return checkedSites(entries, this.parts.env.realm === 'production', new ClientJudge(await this.keys.jwks()));
  }

  /**
   * What `SITES_FILE` does at boot; a demonstration keeps its own sites.
   * @param overrule also where the file is as it was and the console has changed something since
   * @returns which members mean nothing here, and where what was done since outlasts the file
   * @throws {SitesFault} and stores nothing then
   */
  async apply(entries: unknown, actor: SiteActor, overrule = false): Promise<string[]> {
    return this.list(await this.check(entries), { actor, overrule });
  }

  private async list(entries: readonly Metadata[], by: Omit<ListedBy, 'isSound'>): Promise<string[]> {
    const judge = new ClientJudge(await this.keys.jwks());
    const isSound = (entry: Metadata) => entryFaults(entry, this.parts.env.realm === 'production', judge).length === 0;
    const outlasted = await this.listed.apply(this.withDemonstration(entries), { ...by, isSound });
    return [...ignoredMembers(entries, judge), ...outlasted];
  }

  /** @throws {SitesFault} for entries that our rules or the engine refuse, with index and field */
  private async registered(): Promise<Record<string, unknown>[] | undefined> {
    const { env } = this.parts;
    if (!env.sitesFile && env.realm === 'production') return undefined;
    return env.sitesFile ? this.check(await readSites(env.sitesFile)) : [];
  }

  private withDemonstration(entries: readonly Metadata[]): readonly Metadata[] {
    const { env, jurisdiction } = this.parts;
    if (env.realm !== 'demo') return entries;
    return [...demoSites(jurisdiction, env.port), demoApp(jurisdiction, env.issuer), ...demoClients(), ...entries];
  }
}
