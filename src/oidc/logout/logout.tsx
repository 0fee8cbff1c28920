import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { Records } from '../../storage/records.js';
import { Pages } from '../../web/pages.service.js';
import type { PageContext } from '../../web/page-context.js';
import { render } from '../../web/render.js';
import { holdBack } from './held-back.js';
import { LogoutDeliveries } from './logout-deliveries.service.js';
import type { Told } from './logout-deliveries.service.js';
import { localesOf } from '../locales-of.js';
import { LogoutPage, ReceiptPage } from './logout.page.js';
import { notesOf } from '../notes.js';
import { OWN_SITES } from '../sites/own-site.js';
import { cookieOptions } from '../cookies.js';
import { Sessions } from '../sessions.service.js';
import { Sites } from '../sites/sites.service.js';

const RECEIPT = 'logout-receipt';
const RECEIPT_SECONDS = 300;
const RECEIPT_COOKIE = 'receipt';

const SIGNED_OUT = '/oidc/logout/success';

/** An address of ours that speaks the language the site asked for. */
const inLanguage = (ctx: KoaContextWithOIDC, path: string): string => {
  const locales = localesOf(ctx);
  return locales === undefined ? path : `${path}?${new URLSearchParams({ ui_locales: locales })}`;
};

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
    private readonly records: Records,
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

  /** The receipt: which sites were told, which did not answer. Whoever is still signed in is not told otherwise. */
  async signedOut(ctx: KoaContextWithOIDC): Promise<void> {
    if (await this.sessions.current(ctx.req, ctx.res)) {
      ctx.status = 303;
      ctx.redirect(inLanguage(ctx, '/oidc/logout'));
      return;
    }
    const id = ctx.cookies.get(RECEIPT_COOKIE);
    const told = id ? ((await this.records.get<Told[]>(RECEIPT, id)) ?? []) : [];
    ctx.type = 'html';
    const page = this.pageOf(ctx);
    const names = (ok: boolean) =>
      told
        .filter((one) => one.ok === ok && !OWN_SITES.has(one.site))
        .map((one) => this.sites.get(one.site)?.name[page.language] ?? one.site);
    ctx.body = render(<ReceiptPage page={page} told={names(true)} notTold={names(false)} />);
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
      const told = await this.deliveries.tell(accountId, notesOf(ctx).leaving);
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
    if (told.length === 0) return;
    const id = randomBytes(16).toString('base64url');
    await this.records.put(RECEIPT, id, told, RECEIPT_SECONDS);
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
