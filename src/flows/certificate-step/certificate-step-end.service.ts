import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Arrivals } from '../../oidc/arrivals.service.js';
import { Detours } from '../../oidc/detours.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { Amr } from '../../shared/account.js';
import type { SigningStage } from './certificate-step.service.js';

/** How the journey goes on after the certificate's page. */
@Injectable()
export class CertificateStepEnd {
  constructor(
    private readonly interactions: Interactions,
    private readonly arrivals: Arrivals,
    private readonly detours: Detours,
  ) {}

  /** A signature that raises a session is a line of the account's trail, as a login is; what was bound has its own. */
  async raise(
    i: CurrentInteraction,
    { stage, means }: { stage: SigningStage; means: Amr },
    request: Request,
    response: Response,
  ): Promise<void> {
    const accountId = i.accountId as string;
    await this.detours.end(request, response);
    if (stage === 'sign') await this.arrivals.announce(request, response, { accountId, amr: [means], site: i.site.id });
    await this.interactions.raise(request, response, { accountId, means }, { certificate: 'done' });
  }

  /** A must that is declined is `access_denied`; anything else goes on at the level there is. */
  async skip(i: CurrentInteraction, request: Request, response: Response): Promise<void> {
    await this.detours.end(request, response);
    if (i.mustLevel) return this.interactions.decline(request, response);
    await this.interactions.proceed(request, response, { certificate: 'skipped' });
  }
}
