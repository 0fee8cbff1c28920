import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SentMessages } from '../gateways/sms/sent-messages.js';
import { Pages } from '../web/pages.service.js';
import { DemoAccounts } from './demo-accounts.service.js';
import { SandboxPage } from './sandbox.page.js';

/** `/sandbox`: for a person who tries the demonstration. */
@Controller('sandbox')
export class SandboxController {
  constructor(
    private readonly messages: SentMessages,
    private readonly accounts: DemoAccounts,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const page = this.pages.context(request);
    const messages = await this.messages.latest();
    const accounts = this.accounts.list();
    this.pages.send(
      response,
      200,
      <SandboxPage
        {...{ page, messages, accounts }}
        residents={this.accounts.residents()}
        holder={this.accounts.holder()}
      />,
    );
  }
}
