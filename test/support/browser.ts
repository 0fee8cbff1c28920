import { parse } from 'node-html-parser';
import type { HTMLElement } from 'node-html-parser';

const MOST_REDIRECTS = 12;

interface Cookie {
  name: string;
  value: string;
  path: string;
  /** Until the browser closes, unless it has an end. */
  session: boolean;
}

/** Ports share cookies, hosts do not: as in a real browser. */
const jarOf = (url: URL): string => url.hostname;

/** A page as a person without script sees it. */
export class Page {
  readonly html: string;
  private readonly root: HTMLElement;

  constructor(
    readonly browser: Browser,
    readonly url: URL,
    readonly status: number,
    readonly headers: Headers,
    text: string,
  ) {
    this.html = text;
    this.root = parse(text);
  }

  get path(): string {
    return this.url.pathname + this.url.search;
  }

  get title(): string {
    return this.root.querySelector('h1')?.text.trim() ?? '';
  }

  /** What `<main>` says, in one line. */
  get text(): string {
    return (this.root.querySelector('main') ?? this.root).text.replace(/\s+/g, ' ').trim();
  }

  /** Codes of the refusals on this page, each once. */
  get codes(): string[] {
    const codes = this.root.querySelectorAll('[data-code]').map((node) => node.getAttribute('data-code') as string);
    return [...new Set(codes)];
  }

  /** The code at a field. */
  codeAt(field: string): string | undefined {
    return this.root.querySelector(`#${field}-error`)?.getAttribute('data-code');
  }

  has(selector: string): boolean {
    return this.root.querySelector(selector) !== null;
  }

  all(selector: string): HTMLElement[] {
    return this.root.querySelectorAll(selector);
  }

  value(name: string): string | undefined {
    return this.root.querySelector(`[name="${name}"]`)?.getAttribute('value');
  }

  json<T>(): T {
    return JSON.parse(this.html) as T;
  }

  /** The same address, opened once more in the same browser. */
  async again(): Promise<Page> {
    return this.browser.open(this.url.href);
  }

  /** Follows the link with this id. */
  async follow(id: string): Promise<Page> {
    const href = this.root.querySelector(`a#${id}`)?.getAttribute('href');
    if (!href) throw new Error(`no link #${id} on ${this.path}: ${this.title}`);
    return this.browser.open(new URL(href, this.url).href);
  }

  /** The form that holds this button, as it would be sent by pressing it. */
  form(button: string): { action: string; fields: Record<string, string> } {
    const pressed = this.root.querySelector(`button#${button}`);
    const form = pressed?.closest('form');
    if (!pressed || !form)
      throw new Error(`no button #${button} on ${this.path}: ${this.title} ${this.text.slice(0, 300)}`);
    const inputs = form
      .querySelectorAll('input')
      .filter((input) => input.getAttribute('type') !== 'checkbox' || input.hasAttribute('checked'));
    const texts = form.querySelectorAll('textarea');
    const fields = Object.fromEntries([
      ...inputs.map((input) => [input.getAttribute('name'), input.getAttribute('value') ?? '']),
      ...texts.map((area) => [area.getAttribute('name'), area.text]),
      ...form
        .querySelectorAll('select')
        .map((select) => [
          select.getAttribute('name'),
          (select.querySelector('option[selected]') ?? select.querySelector('option'))?.getAttribute('value') ?? '',
        ]),
    ]) as Record<string, string>;
    const name = pressed.getAttribute('name');
    if (name) fields[name] = pressed.getAttribute('value') ?? '';
    return { action: new URL(form.getAttribute('action') ?? this.url.href, this.url).href, fields };
  }

  /** Fills the form and presses the button. */
  async press(button: string, values: Record<string, string> = {}): Promise<Page> {
    const { action, fields } = this.form(button);
    return this.browser.post(action, { ...fields, ...values });
  }
}

/** A browser without script: keeps cookies by host and path, follows redirects, sends plain forms. */
export class Browser {
  private readonly jars = new Map<string, Cookie[]>();
  /** Headers of every request: which browser it is, where it stands. */
  sends: Record<string, string> = {};

  constructor(private readonly language = 'zh-CN') {}

  /** Opens an address and follows where it leads. */
  async open(url: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.go('GET', new URL(url), undefined, headers);
  }

  async post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const target = new URL(url);
    return this.go('POST', target, new URLSearchParams(fields).toString(), { origin: target.origin, ...headers });
  }

  /** One request, no redirect followed. */
  async request(method: string, url: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const target = new URL(url);
    const cookie = this.cookieHeader(target);
    const answer = await fetch(target, {
      method,
      body,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        'accept-language': this.language,
        ...this.sends,
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
    });
    this.keep(target, answer.headers.getSetCookie());
    return answer;
  }

  /** What closing the browser does: session cookies are gone. */
  closeAndReopen(): void {
    for (const [host, cookies] of this.jars) {
      this.jars.set(
        host,
        cookies.filter(({ session }) => !session),
      );
    }
  }

  /** A copy with the same cookies: another tab that begins now. */
  copy(): Browser {
    const other = new Browser(this.language);
    other.sends = this.sends;
    for (const [host, cookies] of this.jars) other.jars.set(host, [...cookies]);
    return other;
  }

  cookies(url: string): Cookie[] {
    return this.jars.get(jarOf(new URL(url))) ?? [];
  }

  setCookie(url: string, name: string, value: string, path = '/'): void {
    this.put(jarOf(new URL(url)), { name, value, path, session: true });
  }

  forgetCookies(url: string): void {
    this.jars.delete(jarOf(new URL(url)));
  }

  private async go(method: string, url: URL, body: string | undefined, headers: Record<string, string>): Promise<Page> {
    let target = url;
    let answer = await this.request(method, target.href, body, headers);
    for (let hops = 0; [301, 302, 303, 307].includes(answer.status); hops += 1) {
      if (hops > MOST_REDIRECTS) throw new Error(`too many redirects at ${target.href}`);
      target = new URL(answer.headers.get('location') as string, target);
      answer = await this.request('GET', target.href);
    }
    return new Page(this, target, answer.status, answer.headers, await answer.text());
  }

  private cookieHeader(url: URL): string {
    return this.cookies(url.href)
      .filter(({ path }) => url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  private keep(url: URL, headers: string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const named = new Map(
        attributes.map((part) => [part.split('=')[0]?.toLowerCase(), part.split('=').slice(1).join('=')]),
      );
      const expires = named.get('expires');
      const gone = (expires !== undefined && Date.parse(expires) < Date.now()) || named.get('max-age') === '0';
      const cookie: Cookie = {
        name: pair.slice(0, at),
        value: pair.slice(at + 1),
        path: named.get('path') ?? '/',
        session: expires === undefined && !named.has('max-age'),
      };
      this.put(jarOf(url), cookie, gone);
    }
  }

  private put(host: string, cookie: Cookie, gone = false): void {
    const others = (this.jars.get(host) ?? []).filter(({ name, path }) => name !== cookie.name || path !== cookie.path);
    this.jars.set(host, gone ? others : [...others, cookie]);
  }
}
