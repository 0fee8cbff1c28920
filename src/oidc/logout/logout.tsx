import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { Pages } from '../../web/pages.service.js';
import type { PageContext } from '../../web/page-context.js';
import { render } from '../../web/render.js';
import { holdBack } from './held-back.js';
import { leftOf } from './logout-claims.service.js';
import type { SiteLeft } from './logout-claims.service.js';
import { LogoutDeliveries } from './logout-deliveries.service.js';
import type { Told } from './logout-deliveries.service.js';
import { LogoutReceipts, RECEIPT_SECONDS } from './logout-receipts.service.js';
import { localesOf } from '../locales-of.js';
import { LogoutPage, ReceiptPage } from './logout.page.js';
import { notesOf } from '../notes.js';
import { cookieOptions } from '../cookies.js';
import { Sessions } from '../sessions.service.js';
import type { SiteLogin } from '../session-store.js';
import { Sites } from '../sites/sites.service.js';

const RECEIPT_COOKIE = 'receipt';

const SIGNED_OUT = '/oidc/logout/success';

/** An address of ours that speaks the language the site asked for. */
const inLanguage = (ctx: KoaContextWithOIDC, path: string): string => {
  const locales = localesOf(ctx);
  return locales === undefined ? path : `${path}?${new URLSearchParams({ ui_locales: locales })}`;
};

/** Whose logins end by the engine's confirm page: those of the whole session, also of sites that take no logout tokens. */
function leavingWith(ctx: KoaContextWithOIDC): readonly SiteLeft[] {
  if (!ctx.oidc.params?.['logout']) return notesOf(ctx).leaving;
  const { authorizations = {} } = ctx.oidc.session as unknown as { authorizations?: Record<string, SiteLogin> };
  return Object.entries(authorizations).map(([site, login]) => leftOf(site, login));
}

interface Hint {
  payload?: { sub?: string; sid?: string };
}

/** Signing out never fails (DESIGN 4; OpenID Connect RP-Initiated Logout). */
@Injectable()
export class LogoutPages {
  constructor(
    private readonly pages: Pages,
    private readonly sites: Sites,
    private readonly sessions: Sessions,
    private readonly deliveries: LogoutDeliveries,
    private readonly receipts: LogoutReceipts,
  ) {}

  /** Learns from the engine whom to tell. */
  attach(provider: Provider): void {
    holdBack(provider);
    provider.use(async (ctx, next) => {
      await next();
      await this.finish(ctx as KoaContextWithOIDC);
    });
  }

  /** A hint of this very session signs out at once; anybody else sees one button. */
  async confirmation(ctx: KoaContextWithOIDC, form: string): Promise<void> {
    if (await this.isOwnHint(ctx)) return this.leave(ctx, await this.end(ctx));
    const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const page = this.pageOf(ctx);
    const site = this.sites.get(ctx.oidc.client?.clientId ?? '');
    const stay = site?.uri ?? '/account';
    ctx.body = render(<LogoutPage {...{ page, xsrf, stay }} action={inLanguage(ctx, new URL(action).pathname)} />);
  }

  /** The receipt: which sites know by now. Whoever is still signed in is not told otherwise. */
  async signedOut(ctx: KoaContextWithOIDC): Promise<void> {
    if (await this.sessions.current(ctx.req, ctx.res)) {
      ctx.status = 303;
      ctx.redirect(inLanguage(ctx, '/oidc/logout'));
      return;
    }
    ctx.type = 'html';
    const page = this.pageOf(ctx);
    const receipt = await this.receipts.read(ctx.cookies.get(RECEIPT_COOKIE), page.language);
    ctx.body = render(<ReceiptPage page={page} receipt={receipt} again={inLanguage(ctx, SIGNED_OUT)} />);
  }

  /** What the engine would answer by a self-submitting form, and the receipt of what it did. */
  private async finish(ctx: KoaContextWithOIDC): Promise<void> {
    const route = ctx.oidc?.route as string | undefined;
    if (route === 'end_session' && ctx.status === 200 && !ctx.oidc.session?.accountId && !ctx.state['left']) {
      await this.leave(ctx, []);
    }
    if (route !== 'end_session_confirm' || ctx.status !== 303) return;
    const accountId = ctx.oidc.session?.accountId;
    if (accountId) {
      const told = await this.deliveries.tell(accountId, leavingWith(ctx));
      await this.sessions.noteLogOut(accountId, ctx.oidc.client?.clientId);
      await this.keepReceipt(ctx, told);
    }
    if (ctx.response.get('location').endsWith(SIGNED_OUT)) ctx.set('location', inLanguage(ctx, SIGNED_OUT));
  }

  /** Ends the session, and its cookie with it. */
  private async end(ctx: KoaContextWithOIDC): Promise<Told[]> {
    const { session, provider } = ctx.oidc;
    const ended = session as unknown as { uid: string; destroy: () => Promise<void> };
    const told = await this.sessions.logOut(ended.uid, ctx.oidc.client?.clientId);
    await ended.destroy();
    ctx.cookies.set(provider.cookieName('session'), null, cookieOptions(ctx.secure));
    return told;
  }

  private async isOwnHint(ctx: KoaContextWithOIDC): Promise<boolean> {
    const { session, client, entities } = ctx.oidc;
    const hint = (entities as { IdTokenHint?: Hint }).IdTokenHint?.payload;
    if (!hint || !client || !session?.accountId) return false;
    const uid = (session as unknown as { uid: string }).uid;
    const mine = await this.sessions.sidOf(uid, client.clientId);
    return mine !== undefined && hint.sid === mine;
  }

  /** Back to the registered address with its `state`, or to the receipt. */
  private async leave(ctx: KoaContextWithOIDC, told: readonly Told[]): Promise<void> {
    ctx.state['left'] = true;
    const { post_logout_redirect_uri: uri, state } = (ctx.oidc.params ?? {}) as Record<string, string | undefined>;
    if (!uri) await this.keepReceipt(ctx, told);
    const target = new URL(uri ?? inLanguage(ctx, SIGNED_OUT), ctx.oidc.issuer);
    if (uri && state !== undefined) target.searchParams.set('state', state);
    ctx.status = 303;
    ctx.body = '';
    ctx.set('location', uri && state === undefined ? uri : target.href);
  }

  private async keepReceipt(ctx: KoaContextWithOIDC, told: readonly Told[]): Promise<void> {
    const id = await this.receipts.keep(told);
    if (id === undefined) return;
    ctx.cookies.set(RECEIPT_COOKIE, id, {
      path: '/oidc/logout',
      httpOnly: true,
      sameSite: 'lax',
      maxAge: RECEIPT_SECONDS * 1000,
    });
  }

  private pageOf(ctx: KoaContextWithOIDC): PageContext {
    return this.pages.context(Object.assign(ctx.req, { uiLocales: localesOf(ctx) }));
  }
}
