import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Presence } from '../../oidc/presence.service.js';
import type { WithPresence } from '../../oidc/presence.service.js';
import type { Refusal } from '../../shared/refusal.js';
import type { EntityAccountForm } from './entity-account.form.js';
import { EntityConfirmations } from './entity-confirmations.service.js';
import type { Stages } from './entity-confirmations.service.js';
import type { Draft } from './entity-draft.service.js';
import type { CheckedEntity } from './kept-entity.js';

interface View {
  entity: CheckedEntity;
  stages: Stages;
  passwordKept: boolean;
  signedIn?: string;
}

/** What the second page shows besides what was typed. */
@Injectable()
export class EntityAccountViews {
  constructor(
    private readonly confirmations: EntityConfirmations,
    private readonly presence: Presence,
  ) {}

  async of(
    i: CurrentInteraction,
    draft: Draft,
    request: WithPresence,
    response: Response,
    refusal?: Refusal,
  ): Promise<View> {
    await this.presence.of(request, response);
    const entity = draft.checked as CheckedEntity;
    const stages = await this.confirmations.stages(i.cid, entity, request.ip ?? '', refusal);
    return { entity, stages, passwordKept: draft.passwordHash !== undefined, signedIn: request.signedInAs };
  }

  /** The button that is due: the code first, then the registration. */
  async isRegisterDue(
    i: CurrentInteraction,
    entity: CheckedEntity,
    form: EntityAccountForm,
    address: string,
  ): Promise<boolean> {
    if (form.deed) return form.deed === 'entity-register-submit';
    return (await this.confirmations.stages(i.cid, entity, address)).main.sent !== undefined;
  }
}
