import { Controller, Get, Header, HttpCode, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Assets } from './assets.js';
import { preferenceCookie } from './language.js';

/** A path of our own, so that the link redirects nowhere else. */
const ownPath = (back: unknown): string =>
  typeof back === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(back) ? back : '/';

/** The links 大字版 and English, and the sheet and the script. */
@Controller()
export class PreferencesController {
  constructor(private readonly assets: Assets) {}

  @Get('preferences')
  set(
    @Query('name') name: unknown,
    @Query('value') value: unknown,
    @Query('back') back: unknown,
    @Res() response: Response,
  ): void {
    const cookie = preferenceCookie(name, value);
    if (cookie) response.append('set-cookie', cookie);
    response.redirect(303, ownPath(back));
  }

  /** Browsers ask for it whatever a page says. */
  @Get('favicon.ico')
  @HttpCode(204)
  icon(): void {}

  @Get('assets/:file')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  asset(@Param('file') file: string, @Req() _request: Request, @Res() response: Response): void {
    const found = this.assets.at(`/assets/${file}`);
    if (!found) throw new NotFoundException();
    response.type(found.type).end(found.content);
  }
}
