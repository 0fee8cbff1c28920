import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import { CertificateChallenges } from '../../identity/certificates/certificate-challenges.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { StepProps } from './certificate-step.page.js';
import { placeOf } from './certificate-step.service.js';
import type { CertificateStage } from './certificate-step.service.js';

/** What the page shows: whose account it acts on, and a fresh challenge. */
@Injectable()
export class CertificateStepViews {
  constructor(
    private readonly entities: Entities,
    private readonly challenges: CertificateChallenges,
    private readonly authorities: TrustedAuthorities,
  ) {}

  async of(i: CurrentInteraction, stage: CertificateStage): Promise<Pick<StepProps, 'entity' | 'fields' | 'stage'>> {
    const { name, creditCode } = (await this.entities.find(i.accountId as string)) ?? {};
    const entity = name?.masked() ?? '';
    if (stage === 'unbound') return { stage, entity };
    const challenge = await this.challenges.issue(placeOf(i, stage), entity);
    return { stage, entity, fields: { challenge, authorities: this.authorities.all(), entity: creditCode } };
  }
}
