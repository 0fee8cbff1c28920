import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Entities } from '../../identity/accounts/entities.service.js';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { CertificateCodeForm } from './certificates.form.js';

/** What the code is for; one for the one counts for nothing of the other. */
export type CertificateAct = 'certificate-bind' | 'certificate-unbind';

/** Whose limits a message counts under. */
export interface Origin {
  address: string;
  device?: string;
}

const bindingOf = (who: SignedIn, act: CertificateAct): string => `${act}|${who.uid}`;

/**
 * The code to the entity's number that comes before a certificate is bound or unbound, where the province asks for it
 * it says that the representative, or who keeps the contact number, has agreed.
 */
@Injectable()
export class CertificateCodes {
  constructor(
    private readonly profiles: Profiles,
    private readonly entities: Entities,
    private readonly steps: CodeSteps,
    private readonly stages: CodeStages,
    private readonly proved: ProvedNumbers,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Whether the code is still to be given. @throws {Refusal} certificate.no-number */
  async due(who: SignedIn, act: CertificateAct): Promise<boolean> {
    if (!this.jurisdiction.codeBeforeCertificate) return false;
    return !(await this.proved.is(bindingOf(who, act), await this.phone(who)));
  }

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} certificate.no-number, sms.*, sms-code.* */
  async step(
    who: SignedIn,
    act: CertificateAct,
    form: CertificateCodeForm,
    origin: Origin,
  ): Promise<'sent' | 'proved'> {
    const object = (await this.entities.find(who.accountId))?.name.reveal();
    const { smsCode, deed } = form;
    const [phone, binding] = [await this.phone(who), bindingOf(who, act)];
    return this.steps.take({ purpose: act, phone, binding, object, smsCode, deed, main: 'certificates-next', origin });
  }

  /** What the page shows, in a session without a picture; and the number, masked. */
  async stage(who: SignedIn, act: CertificateAct, address: string): Promise<CodeStage & { maskedPhone: string }> {
    const asking = { purpose: act, binding: bindingOf(who, act), address, captcha: 'not-needed' } as const;
    return { ...(await this.stages.of(asking)), maskedPhone: (await this.phone(who)).masked() };
  }

  /** It counts for one deed: of several at once one has it. @throws {Refusal} sms-code.used, certificate.no-number */
  async use(who: SignedIn, act: CertificateAct): Promise<void> {
    if (!this.jurisdiction.codeBeforeCertificate) return;
    if (!(await this.proved.take(bindingOf(who, act), await this.phone(who)))) throw new Refusal('sms-code.used');
  }

  private async phone({ accountId }: SignedIn): Promise<Phone> {
    const phone = await this.profiles.phoneOf(accountId);
    if (phone) return phone;
    throw new Refusal('certificate.no-number', { values: { hotline: this.jurisdiction.hotline.number } });
  }
}
