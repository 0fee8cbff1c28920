import { Controller, Get, Redirect, UseGuards } from '@nestjs/common';
import { InteractionGuard, TheInteraction } from './interaction.guard.js';
import type { CurrentInteraction } from './interaction-view.js';

const PAGES: Record<string, string> = {
  login: 'login',
  create: 'register',
  'account-kind': 'account-kind',
  agreement: 'agreement',
  'number-move': 'number-move',
  deregistration: 'deregistration',
  verification: 'verification',
  'register-standing': 'register-standing',
  certificate: 'certificate',
  permission: 'permission',
};

/** Where a prompt's page is. Registration has a page for each kind of user. */
function pageOf({ uid, prompt, kind }: CurrentInteraction): string {
  const page = `/interaction/${uid}/${PAGES[prompt] ?? 'login'}`;
  if (prompt === 'create') return `${page}/${kind}`;
  return prompt === 'login' && kind === 'entity' ? `${page}?kind=entity` : page;
}

/** `GET /interaction/:uid`: the engine's one address, sent on to the page of the prompt. */
@Controller('interaction/:uid')
@UseGuards(InteractionGuard)
export class InteractionController {
  @Get()
  @Redirect(undefined, 303)
  page(@TheInteraction() interaction: CurrentInteraction): { url: string } {
    return { url: pageOf(interaction) };
  }
}
