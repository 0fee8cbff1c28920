import { Injectable } from '@nestjs/common';
import { Activity } from '../../identity/activity/activity.service.js';
import type { ActivityLine } from '../../identity/activity/activity.service.js';
import type { Language } from '../../locales/texts.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Clock } from '../../shared/clock.js';

const SHOWN_MS = 90 * 24 * 3_600_000;

/** A line with its site named. */
export type NamedLine = ActivityLine & { site?: string };

export interface ActivityPart {
  lines: NamedLine[];
  /** Where the next page begins, if there is one. */
  older?: string;
}

/** What has happened to an account, page by page. */
@Injectable()
export class AccountActivity {
  constructor(
    private readonly activity: Activity,
    private readonly sites: Sites,
    private readonly clock: Clock,
  ) {}

  /** 90 days, so many lines a page. @param before the last line of the page before */
  async lines(accountId: string, language: Language, limit: number, before?: string): Promise<ActivityPart> {
    const since = new Date(this.clock.ms() - SHOWN_MS);
    return this.part(await this.activity.lines(accountId, { before, since, limit: limit + 1 }), language, limit);
  }

  private part(found: readonly ActivityLine[], language: Language, limit: number): ActivityPart {
    const named = (clientId: string) => this.sites.remembered(clientId)?.name[language] ?? clientId;
    const lines = found
      .slice(0, limit)
      .map((line) => ({ ...line, site: line.clientId === undefined ? undefined : named(line.clientId) }));
    return { lines, older: found.length > limit ? lines.at(-1)?.id : undefined };
  }
}
