import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { CertifiedChangePage } from './certified-change.page.js';
import { ContactChange } from './contact-change.service.js';
import { ContactGuard } from './contact.guard.js';
import { OwnCertificates } from './own-certificates.service.js';
import { RepresentativeChange } from './representative-change.service.js';
import type { Refused } from './word-fields.js';
import type { ChangeKind } from './words.service.js';

/** `/account/representative/certificate`, `/account/contact/certificate`: signed by the entity's certificate. */
@Controller('account')
@UseGuards(SessionGuard, EntityGuard)
export class CertifiedChangesController {
  constructor(
    private readonly representative: RepresentativeChange,
    private readonly contact: ContactChange,
    private readonly certificates: OwnCertificates,
    private readonly pages: Pages,
  ) {}

  @Get('representative/certificate')
  async forRepresentative(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response) {
    await this.show(who, 'representative', request, response);
  }

  @Post('representative/certificate')
  async signRepresentative(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sign(who, 'representative', body, request, response);
  }

  @Get('contact/certificate')
  @UseGuards(ContactGuard)
  async forContact(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response) {
    await this.show(who, 'contact', request, response);
  }

  @Post('contact/certificate')
  @UseGuards(ContactGuard)
  async signContact(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sign(who, 'contact', body, request, response);
  }

  private async show(who: SignedIn, kind: ChangeKind, request: Request, response: Response): Promise<void> {
    if (!(await this[kind].isBegun(who))) return response.redirect(303, `/account/${kind}/new`);
    this.pages.send(response, 200, await this.page(who, kind, request));
  }

  private async sign(
    who: SignedIn,
    kind: ChangeKind,
    body: unknown,
    request: Request,
    response: Response,
  ): Promise<void> {
    if (!(await this[kind].isBegun(who))) return response.redirect(303, `/account/${kind}/new`);
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => {
        await this.certificates.prove(who, kind, form);
        return this[kind].certified(who, request.ip ?? '');
      },
      done: (changed) => response.redirect(303, `/account/${kind}${changed ? '?news=changed' : '/new'}`),
      refused: async (values, refusal) => this.page(who, kind, request, { values, refusal }),
    });
  }

  private async page(who: SignedIn, kind: ChangeKind, request: Request, more: Refused = {}) {
    const fields = await this.certificates.fields(who, kind, await this.representative.entity(who));
    return <CertifiedChangePage page={this.pages.context(request)} {...{ kind, fields }} {...more} />;
  }
}
