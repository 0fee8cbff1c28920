import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VNode } from 'preact';
import { texts } from '../locales/texts.js';
import { assetAt, assetPaths } from '../web/assets.js';
import { cookiesOf, preferenceCookie, preferencesOf } from '../web/language.js';
import type { PageContext } from '../web/page-context.js';
import { render } from '../web/render.js';
import type { PortalEnv } from './portal.env.js';

const LARGEST_BYTES = 64 * 1024;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** One request and its answer, with what every handler of this site needs. */
export class Exchange {
  readonly url: URL;
  readonly cookies: Record<string, string>;
  readonly page: PageContext;

  constructor(
    private readonly env: PortalEnv,
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    signedInAs?: string,
  ) {
    this.url = new URL(request.url ?? '/', env.site.origin);
    this.cookies = cookiesOf(request.headers.cookie);
    const { language, large } = preferencesOf(request.headers);
    this.page = {
      language,
      t: texts(language),
      jurisdiction: env.jurisdiction,
      portalName: env.site.name[language],
      large,
      demo: true,
      serviceOrigin: env.issuer,
      path: this.url.pathname + this.url.search,
      assets: assetPaths,
      signedIn: signedInAs ? { maskedName: signedInAs, logOutPath: '/logout' } : undefined,
      formToken: '',
    };
  }

  /** A cookie of this site: its name begins with the client id, since cookies ignore ports. */
  cookieName(name: string): string {
    return `${this.env.clientId}-${name}`;
  }

  cookie(name: string): string | undefined {
    return this.cookies[this.cookieName(name)];
  }

  setCookie(name: string, value: string, seconds?: number): void {
    const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
    this.response.appendHeader('set-cookie', `${this.cookieName(name)}=${value}; Path=/; HttpOnly; SameSite=Lax${age}`);
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- any component's node renders
  show(status: number, node: VNode<any>): void {
    this.end(status, { 'content-type': 'text/html; charset=utf-8' }, render(node));
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

  /** The fields of a form. @throws {Error} when it is larger than 64 KB */
  async form(): Promise<URLSearchParams> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_BYTES) throw new Error('too large');
      chunks.push(chunk);
    }
    return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  }

  /** The sheet, the script, and the links for size and language. @returns whether it was one of them */
  common(): boolean {
    const { pathname, searchParams } = this.url;
    const asset = assetAt(pathname);
    if (asset) {
      this.end(
        200,
        { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' },
        asset.content,
      );
      return true;
    }
    if (pathname === '/healthz') {
      this.end(200, { 'content-type': 'text/plain' }, 'ok');
      return true;
    }
    if (pathname !== '/preferences') return false;
    const cookie = preferenceCookie(searchParams.get('name'), searchParams.get('value'));
    if (cookie) this.response.appendHeader('set-cookie', cookie);
    const back = searchParams.get('back') ?? '/';
    this.redirect(/^\/(?![/\\])[^\s\\]*$/.test(back) ? back : '/');
    return true;
  }
}

const key = randomBytes(32);

/** A form's token, bound to the browser's draft cookie or session. */
export const formToken = (binding: string): string => createHmac('sha256', key).update(binding).digest('base64url');

export const isToken = (binding: string, token: string | null): boolean => {
  const made = Buffer.from(formToken(binding));
  const given = Buffer.from(token ?? '');
  return made.length === given.length && timingSafeEqual(made, given);
};
