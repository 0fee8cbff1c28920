import { Controller, Get, Query, Redirect } from '@nestjs/common';
import { Env } from '../config/env.js';
import { ownLogin } from './session.guard.js';

/** A half-done registration of an entity, which sends the representative here and has them back. */
const BACK = /^\/interaction\/[\w-]+\/register\/entity$/;

/** A path of the user centre, or that one; anything else goes to its front page, so that `state` redirects nowhere else. */
const pathOf = (state: unknown): string =>
  typeof state === 'string' && (/^\/account(?:[/?][\w/?=&.-]*)?$/.test(state) || BACK.test(state)) ? state : '/account';

/** The user centre's own login and registration: `/account/start?create=1&kind=entity`, and the way back. */
@Controller('account')
export class OwnLoginController {
  constructor(private readonly env: Env) {}

  @Get('start')
  @Redirect(undefined, 303)
  start(
    @Query('create') create?: unknown,
    @Query('kind') kind?: unknown,
    @Query('back') back?: unknown,
  ): { url: string } {
    return {
      url: ownLogin(
        this.env.issuer,
        back === undefined ? '/account' : pathOf(`/interaction/${String(back)}/register/entity`),
        {
          ...(create === undefined ? {} : { prompt: 'create' }),
          ...(kind === 'entity' ? { kind: 'entity' } : {}),
        },
      ),
    };
  }

  @Get('return')
  @Redirect(undefined, 303)
  back(@Query('state') state?: unknown, @Query('error') error?: unknown): { url: string } {
    return { url: error === undefined ? pathOf(state) : '/' };
  }
}
