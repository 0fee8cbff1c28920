import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SentMessages } from '../../gateways/sms/sent-messages.js';
import { Phone } from '../../shared/phone.js';
import { Layout } from '../../web/layout.js';
import { Pages } from '../../web/pages.service.js';
import { MessageList } from '../message-list.js';

/** `GET /sandbox/sms?phone=…`: messages sent, newest first; JSON, or a page for a person. */
@Controller('sandbox/sms')
export class SmsSandboxController {
  constructor(
    private readonly messages: SentMessages,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Query('phone') raw: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const messages =
      typeof raw === 'string' && raw !== '' ? await this.messages.of(Phone.parse(raw)) : await this.messages.latest();
    if (!String(request.headers.accept ?? '').includes('text/html')) {
      response.set('cache-control', 'no-store').json(messages);
      return;
    }
    const page = this.pages.context(request);
    this.pages.send(
      response,
      200,
      <Layout page={page} title={page.t.sandbox.messages}>
        <MessageList page={page} messages={messages} />
      </Layout>,
    );
  }
}
