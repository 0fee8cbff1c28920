import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ERROR_GUIDE } from '../../oidc/errors/guide.js';
import { VisitorGuard } from '../../oidc/visitor.guard.js';
import { Pages } from '../../web/pages.service.js';
import { ErrorGuidePage } from './error-guide.page.js';

/** Where `error_uri` and the error pages lead to. */
@Controller()
@UseGuards(VisitorGuard)
export class DevelopersController {
  constructor(private readonly pages: Pages) {}

  @Get(ERROR_GUIDE)
  errors(@Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <ErrorGuidePage page={this.pages.context(request)} />);
  }
}
