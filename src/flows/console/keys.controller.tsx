import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../../config/env.js';
import { ConsoleGuard, TheOperator } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { SigningKeys } from '../../oidc/signing-keys.service.js';
import { Pages } from '../../web/pages.service.js';
import { KeysPage } from './keys.page.js';

/** `/console/keys`: what ID tokens are signed with, and what comes next. */
@Controller('console/keys')
@UseGuards(ConsoleGuard)
export class KeysController {
  constructor(
    private readonly keys: SigningKeys,
    private readonly env: Env,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheOperator() who: Operator, @Req() request: Request, @Res() response: Response): Promise<void> {
    const keys = await this.keys.list();
    const page = this.pages.context(request);
    const address = `${this.env.issuer}/oidc/jwks`;
    this.pages.send(response, 200, <KeysPage {...{ page, who, keys, address }} />);
  }
}
