import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { hashed } from '../store-keys.js';
import { SiteChanges } from './site-changes.service.js';
import type { NewChange, SiteActor } from './site-changes.service.js';
import { changed, differences, isSame } from './site-differences.js';
import type { Metadata } from './site-differences.js';
import { SiteEntity } from './site.entity.js';
import { SITES_LOCK } from './sites.service.js';
import { SitesFault } from './sites-file.js';

export interface ListedBy {
  actor: SiteActor;
  /** Whether the file also counts where it has not changed and somebody else has. */
  overrule?: boolean;
  /** Whether an entry would be accepted by itself. */
  isSound: (entry: Metadata) => boolean;
}

/** What an entry of the file comes to. */
interface Outcome {
  /** What is written; nothing when all is as it was. */
  change?: Partial<SiteEntity>;
  journal: NewChange[];
  remarks: string[];
}

/** The sites file and what was done to sites since: who says what counts. */
@Injectable()
export class ListedSites {
  constructor(
    private readonly db: Database,
    private readonly cipher: ServiceCipher,
    private readonly clock: Clock,
    private readonly changes: SiteChanges,
  ) {}

  /**
   * Upserts checked entries; a site that is no longer among them is disabled, and its tokens end with it: when it comes
   * back, what was given to it before counts no more. What was done since outlasts a file from before: a disabled site
   * stays disabled, a rotated secret rotated, and what the console changed stays where the file says what it always
   * said. Each change is journaled. Of processes that boot at once, one after the other.
   * @returns where something outlasted the file, or did not
   * @throws {SitesFault} for a site that has no secret but one that was rotated away
   */
  async apply(entries: readonly Metadata[], by: ListedBy): Promise<string[]> {
    return this.db.transaction(async (tx) => {
      await tx.query(SITES_LOCK);
      const before = new Map((await tx.find(SiteEntity)).map((row) => [row.clientId, row]));
      const journal = await this.close(tx, [...before.values()], entries, by.actor);
      const remarks: string[] = [];
      for (const entry of entries) {
        const clientId = entry['client_id'] as string;
        const kept = before.get(clientId);
        const outcome = this.outcome(entry, kept, by);
        journal.push(...outcome.journal);
        remarks.push(...outcome.remarks.map((remark) => `${clientId}: ${remark}`));
        if (outcome.change) await tx.save(SiteEntity, { clientId, ...outcome.change });
      }
      await this.changes.record(tx, journal);
      return remarks;
    });
  }

  /** Closes what is no longer among the entries. */
  private async close(
    tx: Tx,
    rows: readonly SiteEntity[],
    entries: readonly Metadata[],
    actor: SiteActor,
  ): Promise<NewChange[]> {
    const now = this.clock.now();
    const gone = rows.filter((row) => !row.disabledAt && !entries.some((entry) => entry['client_id'] === row.clientId));
    for (const { clientId } of gone) await tx.update(SiteEntity, { clientId }, { disabledAt: now, updatedAt: now });
    return gone.map(({ clientId }) => ({ clientId, kind: 'unlisted', actor }));
  }

  private outcome(entry: Metadata, kept: SiteEntity | undefined, by: ListedBy): Outcome {
    const { client_secret: told, ...listed } = entry;
    const clientId = entry['client_id'] as string;
    const secret = this.secretFor(kept, told as string | undefined);
    const { metadata, remarks } = standing(listed, kept, told, by);
    if (secret !== told) remarks.push('its secret was rotated away; the newer one stays');
    if (kept?.heldAt) remarks.push('disabled by an operator; it stays so');
    const fields = differences(kept?.metadata ?? {}, metadata);
    const isOther = Object.keys(fields).length > 0;
    const comesBack = kept !== undefined && kept.disabledAt !== null && !kept.heldAt;
    const isNewSecret = kept !== undefined && secret !== undefined && secret !== this.revealed(kept);
    const version = kept ? kept.version + (isOther ? 1 : 0) : 1;
    const { actor } = by;
    const kind = comesBack ? ('listed' as const) : ('changed' as const);
    const registration = { clientId, kind: kept ? kind : ('created' as const), actor, fields, version };
    const journal: NewChange[] = [
      ...(isOther || comesBack ? [registration] : []),
      ...(isNewSecret ? [{ clientId, kind: 'secret' as const, actor, overlapHours: 0 }] : []),
    ];
    if (journal.length > 0) {
      return { change: { listed, version, ...this.written(kept, clientId, metadata, secret) }, journal, remarks };
    }
    return { change: isSame(kept?.listed, listed) ? undefined : { listed }, journal, remarks };
  }

  private written(
    kept: SiteEntity | undefined,
    clientId: string,
    metadata: Metadata,
    secret: string | undefined,
  ): Partial<SiteEntity> {
    const now = this.clock.now();
    return {
      metadata,
      secret: secret === undefined ? null : this.cipher.seal('site.secret', clientId, secret),
      disabledAt: kept?.heldAt ? kept.disabledAt : null,
      validFrom: kept?.disabledAt ? now : (kept?.validFrom ?? null),
      retiredSecrets: kept?.retiredSecrets ?? [],
      updatedAt: now,
    };
  }

  private revealed({ clientId, secret }: SiteEntity): string | undefined {
    return secret ? this.cipher.open('site.secret', clientId, secret) : undefined;
  }

  /** A secret that was rotated away never comes back, whichever file names it. */
  private secretFor(kept: SiteEntity | undefined, told: string | undefined): string | undefined {
    if (!kept || told === undefined) return told;
    if (!kept.retiredSecrets.some(({ hash }) => hash === hashed(told))) return told;
    const stays = this.revealed(kept);
    if (stays !== undefined) return stays;
    throw new SitesFault([`client_secret: that of ${kept.clientId} was rotated away, a new one expected`]);
  }
}

/** The registration after the file: of each member what has changed in the file since, else what stands. */
function standing(
  listed: Metadata,
  kept: SiteEntity | undefined,
  secret: unknown,
  { overrule, isSound }: ListedBy,
): { metadata: Metadata; remarks: string[] } {
  if (!kept?.listed) return { metadata: listed, remarks: [] };
  const merged = changed(kept.metadata, differences(kept.listed, listed));
  const others = Object.keys(differences(listed, merged));
  if (others.length === 0) return { metadata: listed, remarks: [] };
  const members = others.join(', ');
  if (overrule) return { metadata: listed, remarks: [`the file overrules what was changed since: ${members}`] };
  if (isSame(merged, kept.metadata) || isSound({ ...merged, client_secret: secret }))
    return { metadata: merged, remarks: [`changed since, and not by the file; it stays so: ${members}`] };
  const remark = `what was changed since does not go with the new entry of the file, which counts: ${members}`;
  return { metadata: listed, remarks: [remark] };
}
