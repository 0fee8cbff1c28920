import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Logins } from '../identity/activity/logins.service.js';
import type { LoginKind } from '../identity/activity/logins.service.js';
import { NewDeviceNotices } from '../identity/notices/new-device-notices.service.js';
import type { Amr } from '../shared/account.js';
import { Visitors } from './visitors.service.js';

/** Somebody whom a login has found out, and where to. */
export interface Arrival {
  accountId: string;
  amr: Amr[];
  site: string;
}

/** A login, whatever its means: a line of the account's trail, a browser that is known from now on, perhaps a notice. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly visitors: Visitors,
    private readonly logins: Logins,
    private readonly notices: NewDeviceNotices,
  ) {}

  /** Writes it down; a device or a place that is new to the account is told to it (DESIGN 6). */
  async announce(request: Request, response: Response, arrival: Arrival): Promise<void> {
    const kind = await this.note(request, response, arrival);
    if (kind !== 'login') await this.notices.tell(arrival.accountId);
  }

  /** Writes it down, where the account is told of something else already: of its new password. */
  async note(request: Request, response: Response, { accountId, amr, site }: Arrival): Promise<LoginKind> {
    const known = this.visitors.isKnown(request, accountId);
    this.visitors.remember(request, response, accountId);
    return this.logins.record({ account: accountId, site, amr }, known);
  }
}
