import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../config/env.js';
import { SentMessages } from '../gateways/sms/sent-messages.js';
import { Pages } from '../web/pages.service.js';
import { AlipayDesk } from './alipay/alipay-desk.service.js';
import { DemoAccounts } from './demo-accounts.service.js';
import { DemoEntities } from './demo-entities.service.js';
import { SandboxPage } from './sandbox.page.js';
import { walk } from './overview.js';

/** `/sandbox`: for a person who tries the demonstration. */
@Controller('sandbox')
export class SandboxController {
  constructor(
    private readonly messages: SentMessages,
    private readonly accounts: DemoAccounts,
    private readonly entities: DemoEntities,
    private readonly alipay: AlipayDesk,
    private readonly env: Env,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const page = this.pages.context(request);
    const messages = await this.messages.latest();
    const accounts = this.accounts.list();
    const entityAccounts = await this.entities.withCertificates();
    const steps = walk(page.language, page.jurisdiction, this.env, { accounts, entities: entityAccounts });
    this.pages.send(
      response,
      200,
      <SandboxPage
        {...{ page, steps, messages, accounts, entityAccounts }}
        residents={this.accounts.residents()}
        taken={await this.accounts.taken()}
        entities={this.entities.known()}
        registered={await this.entities.taken()}
        alipayUsers={this.alipay.users}
      />,
    );
  }
}
