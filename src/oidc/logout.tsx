import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { Records } from '../storage/records.js';
import { Form } from '../web/form.js';
import { Layout } from '../web/layout.js';
import { Pages } from '../web/pages.service.js';
import type { PageContext } from '../web/page-context.js';
import { Ways } from '../web/parts.js';
import { render } from '../web/render.js';
import { LogoutDeliveries } from './logout-deliveries.service.js';
import type { Told } from './logout-deliveries.service.js';
import { notesOf } from './notes.js';
import { OWN_SITE } from './own-site.js';
import { Sessions } from './sessions.service.js';
import { Sites } from './sites.service.js';

const RECEIPT = 'logout-receipt';
const RECEIPT_SECONDS = 300;
const RECEIPT_COOKIE = 'receipt';

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

  /** Learns from the engine which sites were told, and keeps what failed for later. */
  attach(provider: Provider): void {
    const note = (ctx: KoaContextWithOIDC, site: string, ok: boolean) => notesOf(ctx).told.push({ site, ok });
    provider.on('backchannel.success', (ctx, client) => note(ctx, client.clientId, true));
    provider.on('backchannel.error', (ctx, _error, client, account, sid) => {
      note(ctx, client.clientId, false);
      void this.deliveries.later({ account, site: client.clientId, sid, tries: 0 }).catch(() => undefined);
    });
    provider.use(async (ctx, next) => {
      await next();
      await this.finish(ctx as KoaContextWithOIDC);
    });
  }

  /** A hint of this very session signs out at once; anybody else sees one button. */
  async confirmation(ctx: KoaContextWithOIDC, form: string): Promise<void> {
    if (await this.isOwnHint(ctx)) {
      const told = await this.sessions.logOut((ctx.oidc.session as { uid: string }).uid, ctx.oidc.client?.clientId);
      return this.leave(ctx, told);
    }
    const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const page = this.pageOf(ctx);
    const site = this.sites.get(ctx.oidc.client?.clientId ?? '');
    ctx.body = render(
      <Layout page={page} title={page.t.oidc.logoutTitle}>
        <p>{page.t.oidc.logoutText}</p>
        <Form page={page} action={new URL(action).pathname}>
          <input type="hidden" name="xsrf" value={xsrf} />
          <p>
            <button type="submit" id="logout-confirm" class="button main" name="logout" value="yes">
              {page.t.oidc.logoutSubmit}
            </button>
          </p>
        </Form>
        <Ways items={[{ id: 'logout-stay', href: site?.uri ?? '/account', text: page.t.oidc.logoutStay }]} />
      </Layout>,
    );
  }

  /** The receipt: which sites were told, which did not answer. */
  async signedOut(ctx: KoaContextWithOIDC): Promise<void> {
    const id = ctx.cookies.get(RECEIPT_COOKIE);
    const told = id ? ((await this.records.get<Told[]>(RECEIPT, id)) ?? []) : [];
    ctx.type = 'html';
    ctx.body = render(this.receipt(this.pageOf(ctx), told));
  }

  /** What the engine would answer by a self-submitting form, and the receipt of what it did. */
  private async finish(ctx: KoaContextWithOIDC): Promise<void> {
    const route = ctx.oidc?.route as string | undefined;
    if (route === 'end_session' && ctx.status === 200 && !ctx.oidc.session?.accountId && !ctx.state['left']) {
      await this.leave(ctx, []);
    }
    if (route !== 'end_session_confirm' || ctx.status !== 303) return;
    const accountId = ctx.oidc.session?.accountId;
    if (accountId) await this.sessions.noteLogOut(accountId, ctx.oidc.client?.clientId);
    await this.keepReceipt(ctx, notesOf(ctx).told);
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
    const target = new URL(uri ?? '/oidc/logout/success', ctx.oidc.issuer);
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

  private receipt(page: PageContext, told: readonly Told[]) {
    const { t, language } = page;
    const names = (ok: boolean) =>
      told
        .filter((one) => one.ok === ok && one.site !== OWN_SITE)
        .map((one) => this.sites.get(one.site)?.name[language] ?? one.site);
    return (
      <Layout page={page} title={t.oidc.signedOutTitle}>
        <p>{t.oidc.signedOutText}</p>
        {names(true).length > 0 && <p>{t.oidc.told}</p>}
        {names(true).length > 0 && (
          <ul id="told">
            {names(true).map((name) => (
              <li>{name}</li>
            ))}
          </ul>
        )}
        {names(false).length > 0 && <p>{t.oidc.notTold}</p>}
        {names(false).length > 0 && (
          <ul id="not-told">
            {names(false).map((name) => (
              <li>{name}</li>
            ))}
          </ul>
        )}
        <p>{t.oidc.shared}</p>
        <p>
          <a class="button main" id="onward" href="/">
            {t.web.home}
          </a>
        </p>
      </Layout>
    );
  }

  private pageOf(ctx: KoaContextWithOIDC): PageContext {
    const request = Object.assign(ctx.req, {
      uiLocales: (ctx.oidc.params as { ui_locales?: string } | undefined)?.ui_locales,
    });
    return this.pages.context(request);
  }
}
