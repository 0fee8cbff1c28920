import { Injectable } from '@nestjs/common';
import type { AlipayPerson } from '../../gateways/alipay/alipay.gateway.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { AlipayRealName, vouchedBy } from '../../identity/alipay/alipay-real-name.service.js';
import type { Vouched } from '../../identity/alipay/alipay-real-name.service.js';
import { AlipayVisits } from '../../identity/alipay/alipay-visits.service.js';
import { placeOfJourney } from '../../oidc/alipay-way.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';

/** Which page is due for who came back from Alipay without a binding. */
export type AlipayStage =
  | { page: 'login' }
  | { page: 'link'; person: AlipayPerson; accountId: string; vouched: Vouched }
  | { page: 'register'; person: AlipayPerson; vouched?: Vouched };

/** Whom Alipay has logged in for a journey, and what that leads to. */
@Injectable()
export class AlipayStages {
  constructor(
    private readonly visits: AlipayVisits,
    private readonly bindings: AlipayBindings,
    private readonly realName: AlipayRealName,
  ) {}

  /** @throws {Refusal} alipay.gone, verification.under-fourteen */
  async of(i: CurrentInteraction): Promise<AlipayStage> {
    const person = await this.visits.require(placeOfJourney(i));
    if (await this.bindings.find(person.user)) return { page: 'login' };
    this.realName.refuseChild(person);
    const vouched = vouchedBy(person);
    const accountId = await this.realName.holderOf(person);
    if (vouched && accountId) return { page: 'link', person, accountId, vouched };
    return { page: 'register', person, vouched };
  }

  /** An account has come of it. */
  async done(i: CurrentInteraction): Promise<void> {
    await this.visits.drop(placeOfJourney(i));
  }
}
