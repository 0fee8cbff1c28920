import { Controller, Get, Query, Redirect } from '@nestjs/common';

/** A path of the console; anything else goes to its front page, so that `state` redirects nowhere else. */
const pathOf = (state: unknown): string =>
  typeof state === 'string' && /^\/console(?:[/?][\w/?=&.~%-]*)?$/.test(state) ? state : '/console';

/** Where the console's own login comes back to; one that was left goes to the front page, and asks no more. */
@Controller('console/return')
export class ConsoleReturnController {
  @Get()
  @Redirect(undefined, 303)
  back(@Query('state') state?: unknown, @Query('error') error?: unknown): { url: string } {
    return { url: error === undefined ? pathOf(state) : '/' };
  }
}
