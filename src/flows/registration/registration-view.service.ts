import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { PURPOSE } from './person-registration.service.js';
import { RegistrationDrafts } from './registration-draft.service.js';

/** What the registration page shows besides what was typed. */
export interface RegistrationView extends CodeStage {
  phone?: string;
  passwordKept: boolean;
  /** The version of the agreement that was ticked before the code was asked for. */
  ticked?: string;
  /** The number has been proved in this journey already: by an SMS login that found no account. */
  proved: boolean;
}

/** Gathers what the page needs: the draft, the code on its way, and a picture where one is due. */
@Injectable()
export class RegistrationViews {
  constructor(
    private readonly drafts: RegistrationDrafts,
    private readonly stages: CodeStages,
    private readonly provedNumbers: ProvedNumbers,
  ) {}

  async of(i: CurrentInteraction, request: Request, refusal?: Refusal): Promise<RegistrationView> {
    const [draft, proved, stage] = await Promise.all([
      this.drafts.of(i.cid),
      this.provedNumbers.of(i.cid),
      this.stages.of({ purpose: PURPOSE, binding: i.cid, address: request.ip ?? '', refusal }),
    ]);
    const phone = draft.phone ?? proved;
    return {
      ...stage,
      phone: phone?.national,
      passwordKept: draft.passwordHash !== undefined,
      ticked: draft.ticked,
      proved: proved !== undefined && proved.reveal() === phone?.reveal(),
    };
  }
}
