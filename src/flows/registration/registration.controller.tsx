import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { PersonRegistrationForm } from './person-registration.form.js';
import { PersonRegistrationPage } from './person-registration.page.js';
import { PersonRegistration } from './person-registration.service.js';
import type { Origin, Registered } from './person-registration.service.js';
import { RegistrationBudget } from './registration-budget.service.js';
import { RegistrationViews } from './registration-view.service.js';

/** `/interaction/:uid/register/person`: one form, a method a button. */
@Controller('interaction/:uid/register')
@UseGuards(InteractionGuard)
export class RegistrationController {
  constructor(
    private readonly registration: PersonRegistration,
    private readonly budget: RegistrationBudget,
    private readonly views: RegistrationViews,
    private readonly interactions: Interactions,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get('person')
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    const view = await this.views.of(i, request);
    this.pages.send(response, 200, <PersonRegistrationPage {...{ page, i, view }} />);
  }

  @Post('person')
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    await submit(PersonRegistrationForm, body, response, {
      do: async (form) => {
        await this.budget.spend(form, request.ip ?? '');
        if (await this.registration.isRegisterDue(i, form)) return this.registration.register(i, form);
        await this.registration.sendCode(i, form, this.origin(i, request));
        return undefined;
      },
      done: async (done) => this.answer(i, done, request, response),
      refused: async (values, refusal) => {
        const view = await this.views.of(i, request, refusal);
        return <PersonRegistrationPage {...{ page, i, view, values, refusal }} />;
      },
    });
  }

  /** A sent code: 303 to a page that holds everything. A proved number with an account: the page that says so. */
  private async answer(
    i: CurrentInteraction,
    done: Registered | undefined,
    request: Request,
    response: Response,
  ): Promise<void> {
    if (!done) return response.redirect(303, `/interaction/${i.uid}/register/person`);
    if (done === 'taken') return response.redirect(303, `/interaction/${i.uid}/register/taken`);
    this.visitors.remember(request, response, done.accountId);
    await this.interactions.signIn(
      request,
      response,
      { accountId: done.accountId, amr: ['pwd', 'sms'] },
      { registered: true },
    );
  }

  private origin(i: CurrentInteraction, request: Request): Origin {
    return { ...this.visitors.origin(request), object: i.site.name['zh-CN'] };
  }
}
