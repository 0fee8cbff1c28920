import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { VisitorGuard } from '../../oidc/visitor.guard.js';
import { Pages } from '../../web/pages.service.js';
import { HomePage, SitesPage, TextPage } from './home.page.js';

/** The front page and the texts the footer leads to. */
@Controller()
@UseGuards(VisitorGuard)
export class HomeController {
  constructor(private readonly pages: Pages) {}

  @Get()
  home(@Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <HomePage page={this.pages.context(request)} />);
  }

  @Get('sites')
  sites(@Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <SitesPage page={this.pages.context(request)} />);
  }

  @Get('agreement')
  agreement(@Req() request: Request, @Res() response: Response): void {
    const page = this.pages.context(request);
    const { title, text, version } = page.jurisdiction.agreement;
    const note = page.t.home.version({ version });
    this.pages.send(
      response,
      200,
      <TextPage page={page} title={title[page.language]} text={text[page.language]} note={note} />,
    );
  }

  @Get('privacy')
  privacy(@Req() request: Request, @Res() response: Response): void {
    const page = this.pages.context(request);
    this.pages.send(
      response,
      200,
      <TextPage page={page} title={page.t.home.privacyTitle} text={page.jurisdiction.privacy[page.language]} />,
    );
  }

  @Get('accessibility')
  accessibility(@Req() request: Request, @Res() response: Response): void {
    const page = this.pages.context(request);
    this.pages.send(
      response,
      200,
      <TextPage
        page={page}
        title={page.t.home.accessibilityTitle}
        text={page.jurisdiction.accessibility[page.language]}
      />,
    );
  }
}
