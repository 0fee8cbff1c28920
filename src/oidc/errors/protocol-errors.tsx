import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ErrorOut, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { refusalText } from '../../locales/texts.js';
import { Unavailable } from '../../shared/refusal.js';
import { ErrorPage } from '../../web/error-page.js';
import { Log } from '../../web/log.js';
import type { PageContext } from '../../web/page-context.js';
import { Pages } from '../../web/pages.service.js';
import { render } from '../../web/render.js';
import { told } from './answers.js';
import { DeveloperDetail, GuideLink } from './developer-detail.js';
import { Failures } from './failures.service.js';
import { faultOf } from './fault.js';
import { errorGuide } from './guide.js';
import { localesOf } from '../locales-of.js';
import { notesOf } from '../notes.js';
import type { Site } from '../sites/site.js';
import { Sites } from '../sites/sites.service.js';

interface Words {
  title: string;
  text: string;
  code: string;
  id?: string;
  onward?: { href: string; label: string };
}

const SIGN_OUT = '/oidc/logout';
/** What the engine tells of errors, server errors aside. */
const ERRORS = [
  'authorization.error',
  'end_session.error',
  'grant.error',
  'introspection.error',
  'pushed_authorization_request.error',
  'revocation.error',
  'userinfo.error',
] as const;

/**
 * The engine's errors: pages of ours, the OAuth name as text, nothing echoed in production, back to a registered
 * address only. What is away is a 503 to sites too, and a bug is logged once, with the id that page or answer shows.
 * What a site did wrong is kept for its developers, under the id that page, answer or redirect shows.
 */
@Injectable()
export class ProtocolErrors {
  constructor(
    private readonly pages: Pages,
    private readonly sites: Sites,
    private readonly log: Log,
    private readonly failures: Failures,
  ) {}

  /** Answers what the engine leaves to its framework, and tells sites about what is no fault of theirs. */
  attach(provider: Provider): void {
    provider.on('server_error', (ctx, error) => this.tellSite(ctx, error));
    for (const name of ERRORS) provider.on(name as 'grant.error', (ctx, error) => this.note(ctx, error));
    provider.use(async (context, next) => {
      const ctx = context as KoaContextWithOIDC;
      try {
        await next();
        if (ctx.status === 404 && !ctx.body) this.unknown(ctx);
        this.keep(ctx);
      } catch (error) {
        ctx.status = 500;
        await this.render(ctx, { error: 'server_error' }, error as Error);
      }
    });
  }

  async render(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> {
    const page = this.pages.context(Object.assign(ctx.req, { uiLocales: localesOf(ctx) }));
    const site = this.sites.get(String(ctx.oidc?.client?.clientId ?? ''));
    this.note(ctx, error);
    const words = this.words(ctx, out, error, page, site);
    const { fault } = notesOf(ctx);
    ctx.type = 'html';
    ctx.set('cache-control', 'no-store');
    ctx.body = render(
      <ErrorPage page={page} id={fault && this.failures.idOf(fault)} {...words}>
        {fault && <GuideLink page={page} href={errorGuide(fault)} />}
        {page.demo && words.code === out.error && !words.id && (
          <DeveloperDetail {...{ page, ctx, out, error, site, fault }} />
        )}
      </ErrorPage>,
    );
  }

  /** The last error of a request is the one that is answered. */
  private note(ctx: KoaContextWithOIDC, error: unknown): void {
    notesOf(ctx).fault = faultOf(ctx, error, this.sites);
  }

  private keep(ctx: KoaContextWithOIDC): void {
    const { fault } = notesOf(ctx);
    if (!fault) return;
    this.failures.add(fault);
    told(ctx, this.failures.idOf(fault), `${ctx.oidc.provider.issuer}${errorGuide(fault)}`);
  }

  private words(
    ctx: KoaContextWithOIDC,
    out: ErrorOut,
    error: Error,
    { t, language }: PageContext,
    site: Site | undefined,
  ): Words {
    if (error instanceof Unavailable) {
      this.away(ctx, error);
      return { title: t.web.busyTitle, text: t.web.busyText, code: 'temporarily_unavailable' };
    }
    if (error instanceof errors.SessionNotFound) {
      return { title: t.oidc.expiredTitle, text: t.oidc.expiredText, code: 'interaction.expired' };
    }
    if (out.error === 'server_error') {
      return { title: t.web.brokenTitle, text: t.web.brokenText, code: out.error, id: this.bug(ctx, error) };
    }
    if (ctx.path.startsWith(SIGN_OUT)) {
      const onward = { href: SIGN_OUT, label: t.oidc.logoutSubmit };
      return { title: t.oidc.logoutErrorTitle, text: t.oidc.logoutErrorText, code: out.error, onward };
    }
    const onward = site?.uri ? { href: site.uri, label: t.oidc.backToSite({ site: site.name[language] }) } : undefined;
    return { title: t.oidc.errorTitle, text: t.oidc.errorText, code: out.error, onward };
  }

  private unknown(ctx: KoaContextWithOIDC): void {
    ctx.status = 404;
    ctx.set('cache-control', 'no-store');
    if (ctx.accepts('json', 'html') !== 'html') {
      ctx.body = { error: 'not_found' };
      return;
    }
    const page = this.pages.context(Object.assign(ctx.req, { uiLocales: localesOf(ctx) }));
    const code = 'page.not-found';
    const text = refusalText(page.language, { code, values: {} });
    ctx.type = 'html';
    ctx.body = render(<ErrorPage {...{ page, code, text }} title={page.t.web.notFoundTitle} />);
    ctx.status = 404;
  }

  private tellSite(ctx: KoaContextWithOIDC, error: Error): void {
    const away = error instanceof Unavailable;
    if (away) this.away(ctx, error);
    const id = away ? undefined : this.bug(ctx, error);
    if (typeof ctx.body !== 'object' || ctx.body === null) return;
    ctx.body = id ? { error: 'server_error', error_description: id } : { error: 'temporarily_unavailable' };
  }

  private away(ctx: KoaContextWithOIDC, { retryAfter }: Unavailable): void {
    ctx.status = 503;
    ctx.set('retry-after', String(retryAfter));
  }

  /** @returns the id under which it is found in the log */
  private bug(ctx: KoaContextWithOIDC, error: Error): string {
    const notes = notesOf(ctx);
    if (notes.bug) return notes.bug;
    notes.bug = randomUUID().slice(0, 8);
    this.log.error({ id: notes.bug, err: error, route: ctx.oidc?.route }, 'bug');
    return notes.bug;
  }
}
