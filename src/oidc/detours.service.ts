import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Text } from '../config/jurisdiction.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { Records } from '../storage/records.js';
import type { CurrentInteraction } from './interaction-view.js';
import { Sessions } from './sessions.service.js';

/** A page of a half-done journey that somebody has left for the user centre, and the site it leads to. */
export interface Detour {
  href: string;
  site: Text;
}

const KIND = 'detour';

/** The way back from the user centre into a half-done journey: kept by the session, as long as the journey may live. */
@Injectable()
export class Detours {
  constructor(
    private readonly records: Records,
    private readonly sessions: Sessions,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @param page the last part of the page's path, such as `certificate` */
  async begin(request: IncomingMessage, response: ServerResponse, i: CurrentInteraction, page: string): Promise<void> {
    const signedIn = await this.sessions.current(request, response);
    const kept: Detour = { href: `/interaction/${i.uid}/${page}`, site: i.site.name };
    if (signedIn) await this.records.put(KIND, signedIn.uid, kept, this.jurisdiction.lifetimes.interactionMinutes * 60);
  }

  /** @param sessionUid whose way back it is */
  async of(sessionUid: string): Promise<Detour | undefined> {
    return this.records.get<Detour>(KIND, sessionUid);
  }

  /** The journey goes on. */
  async end(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signedIn = await this.sessions.current(request, response);
    if (signedIn) await this.records.drop(KIND, signedIn.uid);
  }
}
