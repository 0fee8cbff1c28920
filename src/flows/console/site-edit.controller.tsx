import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import type { Edited } from '../../oidc/sites/site-edits.service.js';
import { SiteRecords } from '../../oidc/sites/site-records.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Refusal } from '../../shared/refusal.js';
import { typed } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { wordsOf } from './member-values.js';
import { sitePath } from './sections.js';
import { fieldOf, SiteEditForm } from './site-edit.form.js';
import { SiteEditPage } from './site-edit.page.js';
import { SiteEditing } from './site-editing.service.js';

type Values = Record<string, string>;

function newsOf({ now, waits }: Edited): string {
  if (!waits) return 'saved';
  return now ? 'both' : 'waits';
}

/** `/console/sites/:id/edit`: preceded by the proof page. */
@Controller('console/sites/:id/edit')
@UseGuards(ConsoleGuard)
export class SiteEditController {
  constructor(
    private readonly editing: SiteEditing,
    private readonly changes: SiteChanges,
    private readonly records: SiteRecords,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const values = await this.editing.open(session, site);
    this.pages.send(response, 200, await this.page(request, who, site, { values, kept: values !== undefined }));
  }

  @Post()
  async submit(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.editing.prove(session, site, typed(body));
    await submit(SiteEditForm, body, response, {
      do: async (form) => this.editing.save(session, who, site, form),
      done: (edited) => response.redirect(303, `${sitePath(site.site.id)}/changes?news=${newsOf(edited)}`),
      refused: async (values, refusal) => {
        if (refusal.code === 'site-change.overtaken') return this.overtaken(request, who, site, values, refusal);
        return this.page(request, who, site, { values, refusal });
      },
    });
  }

  /** Somebody was first: what was typed stays, what was not touched is theirs, and what both changed says so. */
  private async overtaken(
    request: Request,
    who: Operator,
    { site: { id } }: SiteRecord,
    values: Values,
    refusal: Refusal,
  ) {
    const site = await this.records.get(id);
    const page = this.pages.context(request);
    const { values: rebased, theirs, clashes } = await this.editing.rebased(id, values);
    const here = clashes.map((member) => {
      const now = wordsOf(page, member, theirs[member]?.to).join(' ');
      return new Refusal('site-change.overtaken-here', { field: fieldOf(member), values: { now } });
    });
    const shown = Refusal.all([refusal, ...here]);
    return this.page(request, who, site, {
      values: { ...rebased, version: String(site.version) },
      refusal: shown,
      theirs,
    });
  }

  private async page(
    request: Request,
    who: Operator,
    site: SiteRecord,
    more: Omit<Parameters<typeof SiteEditPage>[0], 'page' | 'who' | 'site' | 'waits'>,
  ) {
    const waits = await this.changes.waits(site.site.id);
    return <SiteEditPage page={this.pages.context(request)} {...{ who, site, waits }} {...more} />;
  }
}
