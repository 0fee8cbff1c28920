import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Persons } from '../../identity/accounts/persons.service.js';
import { RealName } from '../../identity/accounts/real-name.service.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Clock } from '../../shared/clock.js';
import type { Refusal } from '../../shared/refusal.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Pages } from '../../web/pages.service.js';
import { Notice, Ways } from '../../web/parts.js';
import { submit } from '../../web/submit.js';
import { verificationForm } from './verification.form.js';
import { VerificationFields, VerificationHelp } from './verification.page.js';

interface Props {
  page: PageContext;
  maskedPhone: string;
  verified: boolean;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function Done({ page }: { page: PageContext }) {
  const { t } = page;
  return (
    <Notice kind="success" title={t.verification.doneTitle}>
      <p>{t.verification.done}</p>
    </Notice>
  );
}

function AccountVerificationPage({ page, maskedPhone, verified, values, refusal }: Props) {
  const { t } = page;
  return (
    <Layout page={page} title={t.verification.title} refusal={refusal} notice={verified && <Done page={page} />}>
      {!verified && <p>{t.verification.intro}</p>}
      {!verified && <VerificationFields {...{ page, maskedPhone, values, refusal }} action="/account/verification" />}
      {!verified && <VerificationHelp page={page} />}
      <Ways items={[{ id: 'back', href: '/account', text: page.jurisdiction.labels.userCentre[page.language] }]} />
    </Layout>
  );
}

/** `/account/verification`: the way in through the account settings. */
@Controller('account/verification')
@UseGuards(SessionGuard)
export class AccountVerificationController {
  constructor(
    private readonly realName: RealName,
    private readonly persons: Persons,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    this.pages.send(response, 200, await this.page(who, request));
  }

  @Post()
  async verify(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(verificationForm(this.clock.now()), body, response, {
      do: async ({ name, idNumber }) => this.realName.verify(who.accountId, name, idNumber, request.ip ?? ''),
      done: () => response.redirect(303, '/account/verification'),
      refused: async (values, refusal) => this.page(who, request, values, refusal),
    });
  }

  private async page(who: SignedIn, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const profile = await this.persons.profile(who.accountId);
    const verified = profile?.verifiedAt !== undefined;
    const page = this.pages.context(request);
    return (
      <AccountVerificationPage {...{ page, verified, values, refusal }} maskedPhone={profile?.maskedPhone ?? ''} />
    );
  }
}
