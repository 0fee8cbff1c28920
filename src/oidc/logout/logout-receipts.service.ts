import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Records } from '../../storage/records.js';
import type { Language } from '../../locales/texts.js';
import { OWN_SITES } from '../sites/own-site.js';
import { Sites } from '../sites/sites.service.js';
import type { DeliveryState } from './logout-delivery.entity.js';
import type { Told } from './logout-deliveries.service.js';
import { LogoutRecords } from './logout-records.service.js';

/** A site on a receipt. */
export interface Receipted {
  name: string;
  uri?: string;
}

/** What has become of a person's logins at sites, by now. */
export interface Receipt {
  told: Receipted[];
  /** They will be tried again. */
  waiting: Receipted[];
  /** Nobody can tell them: a login there may go on until it lapses. */
  lasting: Receipted[];
}

const KIND = 'logged-out';
/** Until the last try has been made, and somewhat longer. */
export const RECEIPT_SECONDS = 900;

const NOW: Record<DeliveryState, keyof Receipt> = {
  told: 'told',
  waiting: 'waiting',
  'given-up': 'lasting',
  dropped: 'lasting',
};

/** Receipts of logouts: which sites know by now. Their ids are in the browser's cookie, nothing of them in its pages. */
@Injectable()
export class LogoutReceipts {
  constructor(
    private readonly records: Records,
    private readonly deliveries: LogoutRecords,
    private readonly sites: Sites,
  ) {}

  /** @returns its id; `undefined` when there is nothing to tell */
  async keep(told: readonly Told[]): Promise<string | undefined> {
    const others = told.filter(({ site }) => !OWN_SITES.has(site));
    if (others.length === 0) return undefined;
    const id = randomBytes(16).toString('base64url');
    await this.records.put(KIND, id, others, RECEIPT_SECONDS);
    return id;
  }

  async read(id: string | undefined, language: Language): Promise<Receipt> {
    const receipt: Receipt = { told: [], waiting: [], lasting: [] };
    const kept = id === undefined ? [] : ((await this.records.get<Told[]>(KIND, id)) ?? []);
    const open = kept.flatMap((one) => (one.state === 'waiting' && one.id ? [one.id] : []));
    const states = await this.deliveries.states(open);
    for (const { site, state, id: delivery } of kept) {
      const known = this.sites.remembered(site);
      const now = delivery === undefined ? undefined : states.get(delivery);
      const stands = state === 'waiting' ? NOW[now ?? 'waiting'] : NOW[state === 'none' ? 'dropped' : state];
      receipt[stands].push({ name: known?.name[language] ?? site, uri: known?.uri });
    }
    return receipt;
  }
}
