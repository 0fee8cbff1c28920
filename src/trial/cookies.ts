/** How a request comes about: what SameSite asks about (RFC 6265bis section 5.2). */
export type Coming = 'own' | 'from-elsewhere' | 'form-from-elsewhere';

export interface Cookie {
  name: string;
  value: string;
  host: string;
  /** Also for hosts below it. */
  wide: boolean;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  /** In lower case; nothing where the cookie does not say. */
  sameSite?: string;
  /** In milliseconds; nothing for one that ends with the browser. */
  expires?: number;
}

/** What comes along with what: `Strict` with the site's own, `Lax` also with a link from elsewhere. */
const COMES: Record<Coming, readonly string[]> = {
  own: ['strict', 'lax', 'none'],
  'from-elsewhere': ['lax', 'none'],
  'form-from-elsewhere': ['none'],
};
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const isAt = (cookie: Cookie, { hostname, pathname, protocol }: URL): boolean => {
  const host = cookie.host === hostname || (cookie.wide && hostname.endsWith(`.${cookie.host}`));
  const below = cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`;
  const path = pathname === cookie.path || pathname.startsWith(below);
  return host && path && (!cookie.secure || protocol === 'https:' || LOOPBACK.includes(hostname));
};

function endOf(attributes: Map<string, string>): number | undefined {
  const age = attributes.get('max-age');
  if (age !== undefined) return Date.now() + Number(age) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? undefined : expires;
}

function parsed(header: string, url: URL): Cookie {
  const [pair = '', ...parts] = header.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const attributes = new Map(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()] as const;
    }),
  );
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase();
  const folder = url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf('/')));
  return {
    name: pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    host: domain || url.hostname,
    wide: Boolean(domain),
    path: attributes.get('path')?.startsWith('/') ? (attributes.get('path') as string) : folder,
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite')?.toLowerCase(),
    expires: endOf(attributes),
  };
}

/** The cookies of one browser. */
export class Cookies {
  private kept: Cookie[] = [];

  /** Those that this address would be sent by a request of its own. */
  at(url: URL): Cookie[] {
    return this.kept.filter((cookie) => isAt(cookie, url));
  }

  header(url: URL, coming: Coming): string {
    return this.at(url)
      .filter(({ sameSite }) => COMES[coming].includes(sameSite ?? 'lax'))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** @param headers the answer's `Set-Cookie` headers */
  keep(url: URL, headers: readonly string[]): void {
    for (const header of headers) {
      const cookie = parsed(header, url);
      const same = ({ name, host, path }: Cookie) =>
        name === cookie.name && host === cookie.host && path === cookie.path;
      this.kept = this.kept.filter((one) => !same(one));
      if (cookie.expires === undefined || cookie.expires > Date.now()) this.kept.push(cookie);
    }
  }

  copy(without?: Cookie): Cookies {
    const copy = new Cookies();
    copy.kept = this.kept.filter((one) => one !== without);
    return copy;
  }
}
