import { Injectable } from '@nestjs/common';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { Unavailable } from '../shared/refusal.js';
import { ErrorPage } from '../web/error-page.js';
import { Log } from '../web/log.js';
import { Pages } from '../web/pages.service.js';
import { render } from '../web/render.js';
import { Sites } from './sites.service.js';

/** The engine's error pages: ours, the OAuth name as text, nothing echoed, back to a registered address only. */
@Injectable()
export class ProtocolErrors {
  constructor(
    private readonly pages: Pages,
    private readonly sites: Sites,
    private readonly log: Log,
  ) {}

  async render(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> {
    const page = this.pages.context(ctx.req);
    const { t, language } = page;
    const away = error instanceof Unavailable;
    if (away) {
      ctx.status = 503;
      ctx.set('retry-after', String(error.retryAfter));
    }
    if (!away && out.error === 'server_error') this.log.error({ err: error, route: ctx.oidc?.route }, 'bug');
    const site = this.sites.get(String(ctx.oidc?.client?.clientId ?? ''));
    const onward = site?.uri ? { href: site.uri, label: t.oidc.backToSite({ site: site.name[language] }) } : undefined;
    const detail = [out.error_description, (error as { error_detail?: string }).error_detail]
      .filter(Boolean)
      .join(': ');
    ctx.type = 'html';
    ctx.set('cache-control', 'no-store');
    ctx.body = render(
      <ErrorPage
        page={page}
        title={away ? t.web.busyTitle : t.oidc.errorTitle}
        text={away ? t.web.busyText : t.oidc.errorText}
        code={away ? 'temporarily_unavailable' : out.error}
        onward={onward}
      >
        {page.demo && !away && detail && (
          <p class="small" id="developer-detail">
            {t.oidc.expected({ detail })}
          </p>
        )}
      </ErrorPage>,
    );
  }
}
