import { Injectable } from '@nestjs/common';
import { LostNumberDrafts } from './lost-number-draft.service.js';
import { LostNumberLimits } from './lost-number-limits.service.js';
import { MoveDays } from './move-days.service.js';
import { MoveRequests } from './move-requests.service.js';

/** Second page, with nothing to show: some days' notice. */
@Injectable()
export class WaitStep {
  constructor(
    private readonly drafts: LostNumberDrafts,
    private readonly limits: LostNumberLimits,
    private readonly requests: MoveRequests,
    private readonly days: MoveDays,
  ) {}

  /** Nothing about the person is looked up here. @throws {Refusal} limit.wait, lost-number.closed */
  async ask(cid: string, address: string): Promise<void> {
    const draft = await this.drafts.ready(cid);
    if (!draft) return;
    await this.limits.ask(draft.idNumber, address);
    const due = this.days.fromNow();
    await this.drafts.once(cid, draft, async () => {
      await this.requests.put(draft, due);
      await this.drafts.keepAsked(cid, draft.phone, due);
    });
  }
}
