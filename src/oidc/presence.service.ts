import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Profiles } from '../identity/accounts/profiles.service.js';
import type { Profile } from '../identity/accounts/standing.js';
import type { PageRequest } from '../web/pages.service.js';
import { stands } from './account.js';
import { Sessions } from './sessions.service.js';
import type { SignedIn } from './sessions.service.js';

/** What guards leave on a request about who is there. */
export type WithPresence = Request & PageRequest & { signedIn?: SignedIn; profile?: Profile };

/** Who is there, and how the head of the page names them. */
@Injectable()
export class Presence {
  constructor(
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
  ) {}

  /** A session older than what ended the account's sessions, or of an account that is closed, is none. */
  async of(request: WithPresence, response: Response): Promise<SignedIn | undefined> {
    const signedIn = await this.sessions.current(request, response);
    const standing = signedIn && (await this.accounts.standing(signedIn.accountId));
    if (!signedIn || !stands(standing, signedIn.stamp, signedIn.amr)) return undefined;
    request.signedIn = signedIn;
    await this.name(request, signedIn.accountId);
    return signedIn;
  }

  /** Names an account at the head of the page. */
  async name(request: WithPresence, accountId: string): Promise<void> {
    request.profile = await this.profiles.of(accountId);
    request.signedInAs = request.profile?.maskedName ?? request.profile?.maskedPhone;
  }
}
