import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VNode } from 'preact';
import { texts } from '../locales/texts.js';
import { cookiesOf, preferenceCookie, preferencesOf } from '../web/language.js';
import type { PageContext } from '../web/page-context.js';
import { render } from '../web/render.js';
import type { PortalEnv } from './portal.env.js';
import type { SiteSession } from './site-session.js';

const LARGEST_BYTES = 64 * 1024;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const OWN_PATH = /^\/(?![/\\])[^\s\\]*$/;

/** What the person can do nothing about: a status, no page of its own. */
export class BadRequest extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** A path of this site, nothing that leads elsewhere. */
export const ownPath = (path: unknown): string | undefined =>
  typeof path === 'string' && OWN_PATH.test(path) ? path : undefined;

/** One request and its answer, with what every handler of this site needs. */
export class Exchange {
  readonly url: URL;
  /** Who is logged in at this site. */
  session?: SiteSession;
  private readonly cookies: Record<string, string>;

  /** @throws {BadRequest} when the address is none */
  constructor(
    private readonly env: PortalEnv,
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    const url = URL.parse(request.url ?? '/', env.site.origin);
    if (url?.origin !== env.site.origin) throw new BadRequest(400);
    this.url = url;
    this.cookies = cookiesOf(request.headers.cookie);
  }

  /** Method and path, as the table of routes names them. */
  get route(): string {
    const method = this.request.method === 'HEAD' ? 'GET' : this.request.method;
    return `${method} ${this.url.pathname}`;
  }

  /** What a page of this site knows. @param formToken what its form carries */
  page(formToken = ''): PageContext {
    const { env, session } = this;
    const { language, large } = preferencesOf(this.request.headers);
    const t = texts(language);
    return {
      language,
      t,
      jurisdiction: env.jurisdiction,
      portalName: env.site.name[language],
      subtitle: '',
      large,
      demo: true,
      serviceOrigin: env.issuer,
      path: this.url.pathname + this.url.search,
      assets: env.assets.paths,
      assistants: [],
      signedIn: session && { maskedName: session.name ?? t.portal.unnamed, logOutPath: '/logout' },
      formToken,
    };
  }

  /** A cookie of this site: its name begins with the client id, since cookies ignore ports. */
  cookie(name: string): string | undefined {
    return this.cookies[`${this.env.clientId}-${name}`];
  }

  /** Names of this site's cookies that begin so, oldest first (RFC 6265 section 5.4). */
  cookieNames(prefix: string): string[] {
    const start = `${this.env.clientId}-${prefix}`;
    return Object.keys(this.cookies)
      .filter((name) => name.startsWith(start))
      .map((name) => name.slice(this.env.clientId.length + 1));
  }

  setCookie(name: string, value: string, seconds?: number): void {
    const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
    const secure = this.env.site.origin.startsWith('https:') ? '; Secure' : '';
    const cookie = `${this.env.clientId}-${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`;
    this.response.appendHeader('set-cookie', cookie);
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- any component's node renders
  show(status: number, node: VNode<any>, headers: Record<string, string> = {}): void {
    this.end(status, { 'content-type': 'text/html; charset=utf-8', ...headers }, render(node));
  }

  redirect(location: string): void {
    this.end(303, { location }, '');
  }

  end(status: number, headers: Record<string, string>, body: string | Buffer): void {
    const safe = {
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    };
    this.response.writeHead(status, { ...safe, ...headers }).end(body);
  }

  /** The fields of a form; of one that is there twice, the first. @throws {BadRequest} over 64 KB, or no form */
  async form(): Promise<Record<string, string>> {
    const type = this.request.headers['content-type'] ?? '';
    if (!type.startsWith('application/x-www-form-urlencoded')) throw new BadRequest(415);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_BYTES) throw new BadRequest(413);
      chunks.push(chunk);
    }
    const pairs = [...new URLSearchParams(Buffer.concat(chunks).toString('utf8'))];
    return Object.fromEntries(pairs.toReversed());
  }

  /** What is the same at every site: sheet and script, health, the links for language and size, one address only. */
  common(): boolean {
    const { pathname, search, searchParams } = this.url;
    const asset = this.env.assets.at(pathname);
    if (asset) {
      const kept = { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' };
      this.end(200, kept, asset.content);
      return true;
    }
    if (pathname === '/favicon.ico') {
      this.end(204, { 'cache-control': 'public, max-age=86400' }, '');
      return true;
    }
    if (pathname === '/healthz') {
      this.end(200, { 'content-type': 'text/plain' }, 'ok');
      return true;
    }
    if (this.isElsewhere()) {
      this.redirect(this.env.site.origin + pathname + search);
      return true;
    }
    if (pathname !== '/preferences') return false;
    const cookie = preferenceCookie(searchParams.get('name'), searchParams.get('value'));
    if (cookie) this.response.appendHeader('set-cookie', cookie);
    this.redirect(ownPath(searchParams.get('back')) ?? '/');
    return true;
  }

  /** By 127.0.0.1 the cookies of an attempt would not be there when the browser comes back to localhost. */
  private isElsewhere(): boolean {
    return this.request.method === 'GET' && this.request.headers.host !== new URL(this.env.site.origin).host;
  }
}
