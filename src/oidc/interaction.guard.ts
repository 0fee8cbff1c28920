import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { FormTokens } from './form-tokens.service.js';
import { InteractionGone, PageNotDue } from './interaction-gone.js';
import type { CurrentInteraction } from './interaction-view.js';
import { Interactions } from './interactions.service.js';
import { Presence } from './presence.service.js';
import type { WithPresence } from './presence.service.js';

type WithInteraction = WithPresence & { interaction?: CurrentInteraction };

/** Pages that act for the account that is signed in, by the prompt that shows them: no other one may answer them. */
const OWN_PAGE = new Set(['account-kind', 'agreement', 'verification', 'certificate', 'permission']);

/**
 * Pages under `/interaction/:uid`: this browser's, this journey's, the one that is due, and a form only with its token
 * (DESIGN 4).
 */
@Injectable()
export class InteractionGuard implements CanActivate {
  constructor(
    private readonly interactions: Interactions,
    private readonly tokens: FormTokens,
    private readonly presence: Presence,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithInteraction>();
    const response = context.switchToHttp().getResponse<Response>();
    const uid = String(request.params['uid']);
    const interaction = await this.find(request, response, uid);
    if (request.method === 'POST') this.tokens.check(request, request.body, `interaction:${uid}`);
    const [, , , page = ''] = request.path.split('/');
    if (OWN_PAGE.has(page) && page !== interaction.prompt) throw new PageNotDue(`/interaction/${uid}`);
    request.interaction = interaction;
    request.uiLocales = interaction.uiLocales;
    request.formToken = interaction.csrf;
    if (interaction.accountId) await this.presence.name(request, interaction.accountId);
    return true;
  }

  private async find(request: WithInteraction, response: Response, uid: string): Promise<CurrentInteraction> {
    try {
      return await this.interactions.of(request, response, uid);
    } catch (cause) {
      if (!(cause instanceof InteractionGone)) throw cause;
      throw new InteractionGone(cause.siteId ?? this.tokens.siteOf(request.body));
    }
  }
}

/** The journey that `InteractionGuard` let through. */
export const TheInteraction = createParamDecorator(
  (_data: unknown, context: ExecutionContext): CurrentInteraction =>
    context.switchToHttp().getRequest<WithInteraction>().interaction as CurrentInteraction,
);
