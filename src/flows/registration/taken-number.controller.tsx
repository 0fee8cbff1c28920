import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { NumberHolders } from '../../oidc/number-holders.service.js';
import { Pages } from '../../web/pages.service.js';
import { PhoneTakenPage } from './person-registration.page.js';

/** `/interaction/:uid/register/taken`: the journey's proved number has an account; without one registration goes on. */
@Controller('interaction/:uid/register/taken')
@UseGuards(InteractionGuard)
export class TakenNumberController {
  constructor(
    private readonly provedNumbers: ProvedNumbers,
    private readonly accounts: Accounts,
    private readonly holders: NumberHolders,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const phone = await this.provedNumbers.of(i.cid);
    const accountId = phone && (await this.accounts.find('phone', phone));
    if (!phone || !accountId) return response.redirect(303, `/interaction/${i.uid}/register/person`);
    if (await this.holders.isDue(i.cid, accountId)) {
      return response.redirect(303, `/interaction/${i.uid}/number-holder?for=register`);
    }
    const page = this.pages.context(request);
    this.pages.send(response, 200, <PhoneTakenPage page={page} i={i} maskedPhone={phone.masked()} />);
  }
}
