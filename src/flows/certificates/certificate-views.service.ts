import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { AddCertificate } from './add-certificate.service.js';
import { CertificateCodes } from './certificate-codes.service.js';
import type { CertificateAct } from './certificate-codes.service.js';

/** What the pages on the way show: each names whom it acts on. */
@Injectable()
export class CertificateViews {
  constructor(
    private readonly entities: Entities,
    private readonly authorities: TrustedAuthorities,
    private readonly adding: AddCertificate,
    private readonly codes: CertificateCodes,
  ) {}

  async code(who: SignedIn, act: CertificateAct, address: string) {
    const stage = await this.codes.stage(who, act, address);
    return { stage, entity: (await this.entity(who)).name.masked() };
  }

  /** A fresh challenge with each showing. */
  async form(who: SignedIn) {
    const { name, creditCode } = await this.entity(who);
    const challenge = await this.adding.challenge(who, name.reveal());
    return { challenge, authorities: this.authorities.all(), entity: name.masked(), creditCode };
  }

  /** `EntityGuard` has let it through. */
  private async entity({ accountId }: SignedIn): Promise<EntityData> {
    return (await this.entities.find(accountId)) as EntityData;
  }
}
