import type { IncomingMessage, ServerResponse } from 'node:http';
import { Applications } from './applications.js';
import { mayApply } from './apply.page.js';
import { keepAttempt, takeAttempt } from './attempts.js';
import { BadRequest, Exchange, ownPath } from './exchange.js';
import { noticeIn, saidBy, withNotice } from './notices.js';
import type { Said } from './notices.js';
import type { PortalEnv } from './portal.env.js';
import { PortalHome, PortalProblem } from './portal.page.js';
import { ProviderAway, ProviderRefusal, RelyingParty } from './relying-party.js';
import type { Attempt, LoggedIn } from './relying-party.js';
import { ReportPage, mayReport } from './report.page.js';
import { APPLY_PATH, LEVEL, REPORT_PATH, requestFor } from './requests.js';
import { SiteSessions } from './site-session.js';
import type { SiteSession } from './site-session.js';

const KINDS = ['person', 'entity'];
const PROMPTS = ['create', 'login'];

/** A government portal as its developer would write it: sessions on the server, a form that loses nothing. */
export class Portal {
  private readonly sessions = new SiteSessions();
  private readonly party: RelyingParty;
  private readonly applications: Applications;
  private readonly routes: Record<string, (exchange: Exchange) => Promise<void> | void>;

  /** @param print takes lines about what went wrong */
  constructor(
    private readonly env: PortalEnv,
    private readonly print: (line: string) => void,
  ) {
    const { issuer, clientId, clientSecret, site } = env;
    this.party = new RelyingParty({ issuer, clientId, clientSecret, origin: site.origin });
    this.applications = new Applications(async (exchange) => this.begin(exchange, APPLY_PATH, requestFor(APPLY_PATH)));
    this.routes = {
      'GET /': (exchange) => this.home(exchange, noticeIn(exchange.url)),
      'GET /login': async (exchange) => this.login(exchange),
      'GET /callback': async (exchange) => this.callback(exchange),
      'GET /logout': async (exchange) => this.logout(exchange),
      'GET /signed-out': (exchange) => this.signedOut(exchange),
      'GET /apply': (exchange) => this.applications.page(exchange),
      'POST /apply': async (exchange) => this.applications.submit(exchange),
      'GET /apply/receipt': (exchange) => this.applications.receipt(exchange),
      'GET /annual-report': (exchange) => this.report(exchange),
      'POST /backchannel-logout': async (exchange) => this.backChannel(exchange),
    };
  }

  /** Answers one request; never throws. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const exchange = new Exchange(this.env, request, response);
      if (exchange.common()) return;
      exchange.session = this.sessions.get(exchange.cookie('session'));
      await this.answer(exchange);
    } catch (error) {
      if (!(error instanceof BadRequest)) this.log('failed', error);
      if (!response.headersSent) response.writeHead(error instanceof BadRequest ? error.status : 500);
      response.end();
    }
  }

  private async answer(exchange: Exchange): Promise<void> {
    const handler = Object.hasOwn(this.routes, exchange.route) ? this.routes[exchange.route] : undefined;
    const page = exchange.page();
    if (!handler) return exchange.show(404, <PortalProblem page={page} title={page.t.web.notFoundTitle} />);
    try {
      await handler(exchange);
    } catch (error) {
      if (!(error instanceof ProviderAway)) throw error;
      this.log('the provider is away', error.cause);
      const { away, awayText } = page.t.portal;
      const problem = <PortalProblem page={page} title={away} text={awayText} href={page.path} />;
      exchange.show(503, problem, { 'retry-after': '5' });
    }
  }

  private home(exchange: Exchange, said?: Said): void {
    const { site, other } = this.env;
    exchange.show(200, <PortalHome {...{ page: exchange.page(), site, other, session: exchange.session, said }} />);
  }

  /** Sends the browser to the provider; what it must bring back is bound to it by a cookie for this attempt alone. */
  private async begin(exchange: Exchange, next: string, more: Record<string, string>): Promise<void> {
    const { url, attempt } = await this.party.begin(next, { ui_locales: exchange.page().language, ...more });
    keepAttempt(exchange, attempt);
    exchange.redirect(url);
  }

  /** Also the `initiate_login_uri` (OpenID Connect Core section 4): only for our provider, only to a page of ours. */
  private async login(exchange: Exchange): Promise<void> {
    const asked = exchange.url.searchParams;
    const { issuer, site } = this.env;
    if ((asked.get('iss') ?? issuer) !== issuer) throw new BadRequest(400);
    const target = URL.parse(asked.get('target_link_uri') ?? '/', site.origin);
    const next = target?.origin === site.origin ? ownPath(target.pathname + target.search) : undefined;
    const more = Object.entries({
      kind: KINDS.find((kind) => kind === asked.get('kind')),
      prompt: PROMPTS.find((prompt) => prompt === asked.get('prompt')),
      login_hint: asked.get('login_hint') ?? undefined,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const { kind, ...rest } = Object.fromEntries(more) as { kind?: string };
    const request = { ...(kind === undefined ? {} : { kind }), ...requestFor(next ?? '/', kind) };
    await this.begin(exchange, next ?? '/', { ...rest, ...request });
  }

  private report(exchange: Exchange): void {
    const said = noticeIn(exchange.url);
    exchange.show(200, <ReportPage {...{ page: exchange.page(), session: exchange.session, said }} />);
  }

  private async callback(exchange: Exchange): Promise<void> {
    const attempt = takeAttempt(exchange);
    // the page was reloaded, or Back was pressed: whoever is logged in already stays so
    if (!attempt && exchange.session) return exchange.redirect('/');
    if (!attempt) return exchange.redirect(withNotice('/', { notice: 'loginFailed' }));
    const said = await this.finish(exchange, attempt).catch((error: unknown) => this.failed(error, attempt.next));
    const back = [APPLY_PATH, REPORT_PATH].find((path) => path === attempt.next) ?? '/';
    if (said) return exchange.redirect(withNotice(back, said));
    exchange.redirect(attempt.next);
  }

  /** Opens the session. @returns what there is to say about it */
  private async finish(exchange: Exchange, attempt: Attempt): Promise<Said | undefined> {
    const session = sessionOf(await this.party.finish(exchange.url, attempt));
    this.sessions.close(exchange.cookie('session'));
    const id = this.sessions.open(session);
    if (id === undefined) return { notice: 'loginFailed' };
    exchange.setCookie('session', id);
    this.applications.claim(exchange, session);
    if (attempt.next === REPORT_PATH) return { notice: mayReport(session) ? 'certified' : 'entitiesOnly' };
    if (attempt.next !== APPLY_PATH) return undefined;
    if (session.kind === 'entity') return { notice: 'personsOnly' };
    return mayApply(session) ? { notice: 'ready' } : undefined;
  }

  /** A refusal of the provider's is a sentence, not an error page: the person comes back to where they were. */
  private failed(error: unknown, next: string): Said {
    if (error instanceof ProviderRefusal) return saidBy(error.code, next);
    this.log('a login failed', error);
    return { notice: error instanceof ProviderAway ? 'away' : 'loginFailed' };
  }

  private async logout(exchange: Exchange): Promise<void> {
    this.sessions.close(exchange.cookie('session'));
    exchange.setCookie('session', '', 0);
    exchange.redirect(await this.party.logoutUrl(exchange.session?.idToken));
  }

  private signedOut(exchange: Exchange): void {
    if (exchange.session) return exchange.redirect('/');
    this.home(exchange, { notice: 'signedOut' });
  }

  private async backChannel(exchange: Exchange): Promise<void> {
    try {
      const { logout_token: token = '' } = await exchange.form();
      this.sessions.closeBy(await this.party.loggedOut(token));
      exchange.end(200, {}, '');
    } catch (error) {
      this.log('a logout token was refused', error);
      exchange.end(400, { 'content-type': 'application/json' }, JSON.stringify({ error: 'invalid_request' }));
    }
  }

  /** Kind and code of an error; its text may quote what came in. */
  private log(what: string, error: unknown): void {
    const { name, code, cause } = (error ?? {}) as { name?: string; code?: string; cause?: { code?: string } };
    this.print(`${this.env.clientId}: ${what}: ${[name, code ?? cause?.code].filter(Boolean).join(' ')}`);
  }
}

/** Level and kind are read from the ID token: the front channel is the user's to edit. */
function sessionOf({ claims, idToken, userinfo }: LoggedIn): SiteSession {
  const text = (name: string) => (typeof userinfo[name] === 'string' ? userinfo[name] : undefined);
  return {
    sub: claims.sub,
    sid: String(claims['sid'] ?? ''),
    level: Number(String(claims.acr ?? '').replace(LEVEL, '')) || 0,
    kind: String(claims['account_kind'] ?? 'person'),
    idToken,
    name: text('name'),
    realName: masked(text('real_name'), 1, 0),
    idNumber: masked(text('id_number'), 4, 2),
    entityName: text('entity_name'),
    creditCode: masked(text('credit_code'), 4, 2),
    phone: masked(text('phone_number')?.replace(/^\+86/, ''), 3, 4),
  };
}

/** All but so many characters at both ends as stars; a rare character of a name counts as one. */
function masked(text: string | undefined, first: number, last: number): string | undefined {
  if (text === undefined) return undefined;
  return [...text].map((one, at, all) => (at < first || at >= all.length - last ? one : '*')).join('');
}
