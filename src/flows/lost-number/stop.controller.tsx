import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FormTokens } from '../../oidc/form-tokens.service.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { StoppedPage } from './account-lost-number.page.js';
import { StopForm } from './lost-number.form.js';
import { StopPage } from './stop.page.js';
import { StopByCode } from './stop.service.js';

/** Nobody is signed in here; the token and the Origin keep other sites from spending an address's tries. */
const BINDING = 'stop';

/** `/stop`: stops a move by the code in the message to the old number. */
@Controller('stop')
export class StopController {
  constructor(
    private readonly byCode: StopByCode,
    private readonly tokens: FormTokens,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@Query('done') done: unknown, @Req() request: Request, @Res() response: Response): void {
    const page = this.context(request);
    if (done !== undefined) return this.pages.send(response, 200, <StoppedPage page={page} signedIn={false} />);
    this.pages.send(response, 200, <StopPage page={page} />);
  }

  @Post()
  async stop(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    this.tokens.check(request, body, BINDING);
    const page = this.context(request);
    await submit(StopForm, body, response, {
      do: async ({ stopCode }) => this.byCode.stop(stopCode, request.ip ?? ''),
      done: () => response.redirect(303, '/stop?done=1'),
      refused: (values, refusal) => <StopPage {...{ page, values, refusal }} />,
    });
  }

  private context(request: Request) {
    return this.pages.context(Object.assign(request, { formToken: this.tokens.issue(BINDING) }));
  }
}
