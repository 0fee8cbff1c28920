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

/** Whether the browser has just sent this very cookie. */
const isThere = (cookie: string, sent: string | undefined): boolean =>
  ours.test(cookie) && (sent ?? '').split('; ').includes(cookie.split(';', 1)[0] as string);

/**
 * Makes every cookie of session and interaction end with the browser, at the last moment: the engine dates them
 * after our options. What the browser sent is not sent back: a hop that began before another tab's renewal would put the
 * old cookie in the place of the new one, and half a minute later the person would be signed out.
 */
export function endCookiesWithBrowser(request: IncomingMessage, response: ServerResponse): void {
  const write = response.writeHead.bind(response) as (...rest: unknown[]) => ServerResponse;
  response.writeHead = ((...rest: unknown[]) => {
    const cookies = [response.getHeader('set-cookie') ?? []].flat().map(String);
    const fresh = cookies.filter((cookie) => !isThere(cookie, request.headers.cookie)).map(untilBrowserCloses);
    response.removeHeader('set-cookie');
    if (fresh.length > 0) response.setHeader('set-cookie', fresh);
    return write(...rest);
  }) as ServerResponse['writeHead'];
}
