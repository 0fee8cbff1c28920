import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { EntityChecks } from '../../identity/accounts/entity-checks.service.js';
import type { PersonClaim } from '../../identity/accounts/entity-checks.service.js';
import { RealName } from '../../identity/accounts/real-name.service.js';
import { Representatives } from '../../identity/accounts/representatives.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Refusal } from '../../shared/refusal.js';
import type { EntityDetails } from './entity-details.form.js';
import { EntityDrafts } from './entity-draft.service.js';

/** The first step: the register, then who stands for the entity. */
@Injectable()
export class EntityDetailsCheck {
  constructor(
    private readonly checks: EntityChecks,
    private readonly accounts: Accounts,
    private readonly realName: RealName,
    private readonly representatives: Representatives,
    private readonly drafts: EntityDrafts,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * What we know ourselves is told only once the register has said that all of it agrees (DESIGN 6).
   * @throws {Refusal} agreement.outdated, entity-type.*, register.*, entity.taken, representative.*, verification.*
   */
  async check({ cid }: CurrentInteraction, details: EntityDetails, address: string): Promise<void> {
    this.refuseOutdated(details);
    const { entityType: type, entityName: name, creditCode } = details;
    const representative = { name: details.representativeName, idNumber: details.representativeIdNumber };
    const checked = await this.checks.check({ type, name, creditCode, representative }, address);
    if (await this.accounts.find('credit-code', creditCode)) throw new Refusal('entity.taken', { field: 'creditCode' });
    const { managerName, managerIdNumber } = details;
    const manager = managerName && managerIdNumber ? { name: managerName, idNumber: managerIdNumber } : undefined;
    if (manager) await this.verify(cid, representative, manager, address);
    const representativeAccount = await this.representatives.accountOf(representative.idNumber);
    const { agreementVersion } = details;
    const entity = {
      type,
      name,
      creditCode,
      representative,
      representativeAccount,
      manager,
      checked,
      agreementVersion,
    };
    await this.drafts.keepChecked(cid, entity);
  }

  private refuseOutdated({ agreementVersion }: EntityDetails): void {
    const { representativeFirst, agreement } = this.jurisdiction;
    if (representativeFirst || agreementVersion === agreement.version) return;
    throw new Refusal('agreement.outdated', { field: 'agreement' });
  }

  /** Where the province asks for the person in charge, both are compared with the authority's register of persons. */
  private async verify(cid: string, representative: PersonClaim, manager: PersonClaim, address: string): Promise<void> {
    await this.ask(cid, representative, address, 'representativeIdNumber');
    const same = ({ name, idNumber }: PersonClaim) => `${name.reveal()}|${idNumber.reveal()}`;
    if (same(representative) !== same(manager)) await this.ask(cid, manager, address, 'managerIdNumber');
  }

  private async ask(cid: string, person: PersonClaim, address: string, field: string): Promise<void> {
    await this.realName.check({ accountId: cid, ...person, address }).catch((refusal: unknown) => {
      throw refusal instanceof Refusal && !refusal.field ? refusal.at(field) : refusal;
    });
  }
}
