import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApplyPage, FIELDS, ReceiptPage, missingIn } from './apply.page.js';
import type { Application } from './drafts.js';
import { Drafts } from './drafts.js';
import { PortalHome, PortalProblem } from './portal.page.js';
import type { PortalEnv } from './portal.env.js';
import { Exchange, formToken, isToken } from './portal.server.js';
import { RelyingParty } from './relying-party.js';
import type { Attempt, LoggedIn } from './relying-party.js';
import { SiteSessions } from './site-session.js';
import type { SiteSession } from './site-session.js';

const ATTEMPT_SECONDS = 1800;
const LEVEL = 'urn:tongxing:level:';
/** "Apply online" asks for level 1 as a must, and for what the form is filled with. */
const APPLICATION_REQUEST = {
  scope: 'openid profile real_name phone',
  claims: JSON.stringify({ id_token: { acr: { essential: true, values: [`${LEVEL}1`] } } }),
};
type Message =
  'signedOut' | 'loginFailed' | 'loginDeclined' | 'declined' | 'unreachable' | 'sessionEnded' | 'saved' | 'needLogin';

/** A government portal as its developer would write it: sessions on the server, a form that loses nothing. */
export class Portal {
  readonly sessions = new SiteSessions();
  private readonly drafts = new Drafts();
  private readonly party: RelyingParty;

  constructor(private readonly env: PortalEnv) {
    const { issuer, clientId, clientSecret, site } = env;
    this.party = new RelyingParty({ issuer, clientId, clientSecret, origin: site.origin });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bare = new Exchange(this.env, request, response);
    if (bare.common()) return;
    const session = this.sessions.get(bare.cookie('session'));
    const exchange = new Exchange(this.env, request, response, session?.name);
    const route = `${request.method} ${exchange.url.pathname}`;
    try {
      await this.route(route, exchange, session);
    } catch {
      exchange.show(
        503,
        <PortalProblem page={exchange.page} text={exchange.page.t.portal.away} href={exchange.page.path} />,
      );
    }
  }

  private async route(route: string, exchange: Exchange, session: SiteSession | undefined): Promise<void> {
    const routes: Record<string, () => Promise<void> | void> = {
      'GET /': () => this.home(exchange, session),
      'GET /login': async () => this.login(exchange),
      'GET /callback': async () => this.callback(exchange),
      'GET /logout': async () => this.logout(exchange, session),
      'GET /signed-out': () => this.home(exchange, undefined, 'signedOut'),
      'GET /apply': () => this.apply(exchange, session),
      'POST /apply': async () => this.submit(exchange, session),
      'POST /backchannel-logout': async () => this.backChannel(exchange),
    };
    const handler = routes[route];
    if (handler) return handler();
    exchange.show(404, <PortalProblem page={exchange.page} text={exchange.page.t.web.notFoundTitle} href="/" />);
  }

  private home(exchange: Exchange, session?: SiteSession, message?: Message): void {
    const { page } = exchange;
    const { site, other } = this.env;
    const said = message && page.t.portal[message];
    exchange.show(200, <PortalHome {...{ page, site, other, session }} message={said} />);
  }

  /** Sends the browser to the provider; what it must bring back is bound to it by a cookie for this attempt alone. */
  private async begin(exchange: Exchange, next: string, more: Record<string, string>): Promise<void> {
    const { url, attempt } = await this.party.begin(next, { ui_locales: exchange.page.language, ...more });
    const { verifier, nonce } = attempt;
    const kept = Buffer.from(JSON.stringify({ verifier, nonce, next })).toString('base64url');
    exchange.setCookie(`attempt-${attempt.state.slice(0, 12)}`, kept, ATTEMPT_SECONDS);
    exchange.redirect(url);
  }

  private async login(exchange: Exchange): Promise<void> {
    const asked = exchange.url.searchParams;
    const more = Object.fromEntries(
      ['kind', 'prompt'].flatMap((name) => (asked.get(name) ? [[name, asked.get(name) as string]] : [])),
    );
    await this.begin(exchange, '/', more);
  }

  private attemptOf(exchange: Exchange): Attempt | undefined {
    const state = exchange.url.searchParams.get('state') ?? '';
    const name = `attempt-${state.slice(0, 12)}`;
    const kept = exchange.cookie(name);
    if (!kept) return undefined;
    exchange.setCookie(name, '', 0);
    return { ...(JSON.parse(Buffer.from(kept, 'base64url').toString()) as Omit<Attempt, 'state'>), state };
  }

  private async callback(exchange: Exchange): Promise<void> {
    const attempt = this.attemptOf(exchange);
    if (!attempt) return this.home(exchange, undefined, 'loginFailed');
    const error = exchange.url.searchParams.get('error');
    if (error) return this.refused(exchange, attempt, error);
    const loggedIn = await this.party.finish(exchange.url, attempt).catch(() => undefined);
    if (!loggedIn) return this.home(exchange, undefined, 'loginFailed');
    const session = await this.sessionOf(loggedIn);
    this.sessions.close(exchange.cookie('session'));
    exchange.setCookie('session', this.sessions.open(session));
    this.drafts.claim(exchange.cookie('draft'), session.sub);
    exchange.redirect(attempt.next);
  }

  /** A refusal of the provider's is a sentence, not an error page: the person comes back to where they were. */
  private refused(exchange: Exchange, attempt: Attempt, error: string): void {
    const message: Message = error === 'unmet_authentication_requirements' ? 'unreachable' : 'declined';
    if (attempt.next === '/apply') return this.apply(exchange, this.sessions.get(exchange.cookie('session')), message);
    this.home(exchange, undefined, error === 'access_denied' ? 'loginDeclined' : 'loginFailed');
  }

  /** Level and kind are read from the ID token: the front channel is the user's to edit. */
  private async sessionOf(loggedIn: LoggedIn): Promise<Omit<SiteSession, 'seenAt'>> {
    const { claims, idToken } = loggedIn;
    const userinfo = await this.party.userinfo(loggedIn);
    const text = (name: string) => (typeof userinfo[name] === 'string' ? userinfo[name] : undefined);
    return {
      sub: claims.sub,
      sid: String(claims['sid'] ?? ''),
      level: Number(String(claims.acr ?? '').replace(LEVEL, '')) || 0,
      kind: String(claims['account_kind'] ?? 'person'),
      idToken,
      name: text('name'),
      realName: text('real_name'),
      idNumber: text('id_number')?.replace(
        /^(.).+(.)$/,
        (_all, first: string, last: string) => `${first}${'*'.repeat(16)}${last}`,
      ),
      phone: text('phone_number')?.replace(/^\+86(\d{3})\d{4}/, '$1****'),
    };
  }

  private async logout(exchange: Exchange, session: SiteSession | undefined): Promise<void> {
    this.sessions.close(exchange.cookie('session'));
    exchange.setCookie('session', '', 0);
    exchange.redirect(session ? await this.party.logoutUrl(session.idToken) : '/signed-out');
  }

  private async backChannel(exchange: Exchange): Promise<void> {
    try {
      const token = (await exchange.form()).get('logout_token') ?? '';
      this.sessions.closeBy(await this.party.logoutToken(token));
      exchange.end(200, {}, '');
    } catch {
      exchange.end(400, { 'content-type': 'application/json' }, JSON.stringify({ error: 'invalid_request' }));
    }
  }

  private apply(exchange: Exchange, session?: SiteSession, message?: Message): void {
    const said = message ?? (exchange.url.searchParams.has('saved') ? 'saved' : undefined);
    this.showApplication(exchange, session, this.drafts.of(exchange.cookie('draft'), session?.sub), said);
  }

  private showApplication(
    exchange: Exchange,
    session: SiteSession | undefined,
    application: Application,
    message?: Message,
    missing?: string[],
  ): void {
    const { page } = exchange;
    const browser = exchange.cookie('draft') ?? randomBytes(18).toString('base64url');
    if (!exchange.cookie('draft')) exchange.setCookie('draft', browser);
    const said = missing ? page.t.portal.toCorrect : message && page.t.portal[message];
    exchange.show(
      missing ? 422 : 200,
      <ApplyPage {...{ page, session, application, missing }} message={said} token={formToken(browser)} />,
    );
  }

  private async submit(exchange: Exchange, session?: SiteSession): Promise<void> {
    const form = await exchange.form();
    const application = Object.fromEntries(FIELDS.map((name) => [name, (form.get(name) ?? '').slice(0, 500)]));
    const browser = exchange.cookie('draft');
    if (!browser || !isToken(browser, form.get('token')))
      return this.showApplication(exchange, session, application, 'sessionEnded');
    this.drafts.keep(browser, session?.sub, application);
    if (form.get('deed') === 'save') return exchange.redirect('/apply?saved=1');
    const missing = missingIn(application);
    if (missing.length > 0) return this.showApplication(exchange, session, application, undefined, missing);
    if (!session || session.level < 1 || !session.realName) return this.begin(exchange, '/apply', APPLICATION_REQUEST);
    this.drafts.drop(browser, session.sub);
    exchange.show(200, <ReceiptPage page={exchange.page} number={randomBytes(5).toString('hex').toUpperCase()} />);
  }
}
