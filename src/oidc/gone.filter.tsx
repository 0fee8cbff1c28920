import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPage } from '../web/error-page.js';
import { Pages } from '../web/pages.service.js';
import { InteractionGone, LoginFirst, PageNotDue, SessionGone } from './interaction-gone.js';
import { startAgainAt } from './sites/site.js';
import { Sites } from './sites/sites.service.js';

/** Journeys and sessions that are over: the page says so, and where to start again. */
@Catch(InteractionGone, SessionGone, LoginFirst, PageNotDue)
export class GoneFilter implements ExceptionFilter {
  constructor(
    private readonly pages: Pages,
    private readonly sites: Sites,
  ) {}

  catch(gone: InteractionGone | SessionGone | LoginFirst | PageNotDue, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (gone instanceof LoginFirst || gone instanceof PageNotDue) return response.redirect(303, gone.location);
    const page = this.pages.context(request);
    const { t, language } = page;
    if (gone instanceof SessionGone) {
      const onward = { href: '/account', label: t.oidc.logInAgain };
      this.pages.send(
        response,
        403,
        <ErrorPage
          page={page}
          title={t.oidc.sessionTitle}
          text={t.oidc.sessionText}
          code="session.ended"
          onward={onward}
        />,
      );
      return;
    }
    const site = gone.siteId === undefined ? undefined : this.sites.get(gone.siteId);
    const again = site && startAgainAt(site);
    const onward = site && again ? { href: again, label: t.oidc.startAgain({ site: site.name[language] }) } : undefined;
    this.pages.send(
      response,
      410,
      <ErrorPage
        page={page}
        title={t.oidc.expiredTitle}
        text={t.oidc.expiredText}
        code="interaction.expired"
        onward={onward}
      />,
    );
  }
}
