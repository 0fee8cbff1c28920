import type { IncomingMessage, ServerResponse } from 'node:http';

/** Over https the names forbid a sibling host to set them (RFC 6265bis); over http the library's own names stay. */
export const cookieNames = (secure: boolean) =>
  secure
    ? { session: '__Host-session', interaction: '__Secure-interaction', resume: '__Secure-interaction_resume' }
    : { session: '_session', interaction: '_interaction', resume: '_interaction_resume' };

export const cookieOptions = (secure: boolean) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  secure,
  signed: true,
});

const DELETED = 'expires=Thu, 01 Jan 1970';
const ours = /^(__Host-session|_session|__Secure-interaction|_interaction)/;

const untilBrowserCloses = (cookie: string): string =>
  ours.test(cookie) && !cookie.includes(DELETED) ? cookie.replace(/; (expires|max-age)=[^;]*/gi, '') : cookie;

/** Makes every cookie of session and interaction end with the browser: the engine dates them after our options. */
export function endCookiesWithBrowser(_request: IncomingMessage, response: ServerResponse): void {
  const set = response.setHeader.bind(response);
  response.setHeader = (name: string, value: number | string | readonly string[]) => {
    if (name.toLowerCase() !== 'set-cookie') return set(name, value);
    const cookies = Array.isArray(value) ? (value as string[]) : [String(value)];
    return set(name, cookies.map(untilBrowserCloses));
  };
}
