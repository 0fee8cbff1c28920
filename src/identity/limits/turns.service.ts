import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { RefusalCode } from '../../locales/texts.js';
import { Refusal } from '../../shared/refusal.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';

/** Real seconds: longer than any work in turn takes, for a process that dies in the middle of it. */
const LIFE_SECONDS = 20;
const LOOK_MS = 50;
const LOOKS = 40;

/** One after the other for each subject, over all processes: a second click finds what the first one has brought about. */
@Injectable()
export class Turns {
  constructor(private readonly store: ShortLived) {}

  /** @throws {Refusal} `code` when two seconds are not enough to get one's turn; what the work throws */
  async inTurn<T>(name: string, subject: string, code: RefusalCode, work: () => Promise<T>): Promise<T> {
    const key = storeKey('turn', `${name}:${subject}`);
    await this.wait(key, code);
    try {
      return await work();
    } finally {
      await this.store.delete(key);
    }
  }

  private async wait(key: string, code: RefusalCode): Promise<void> {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      if (await this.store.once(key, LIFE_SECONDS)) return;
      await sleep(LOOK_MS);
    }
    throw new Refusal(code, { retryAfter: Math.ceil((LOOK_MS * LOOKS) / 1000) });
  }
}
