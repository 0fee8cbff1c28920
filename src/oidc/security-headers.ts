import type { ServerResponse } from 'node:http';

/**
 * @param assistants origins of certificate assistants: on every page, since nothing but the person's own computer is opened
 * by them, and which page shows the certificate form is not known before it is made. The picture tells whether one is there
 * where an old browser keeps a secure page from asking it.
 */
export const policyFor = (assistants: readonly { origin: string }[]): string => {
  const ours = ["'self'", ...new Set(assistants.map(({ origin }) => origin))].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${ours}`,
    `connect-src ${ours}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

/**
 * Set on the raw response, before the dispatch, so that the engine's pages have them too. No `form-action`: Chromium
 * checks it on the redirect to the site that follows a form post. Referrer-Policy keeps the Origin of our own forms.
 */
export function secureHeaders(response: ServerResponse, policy: string, secure: boolean): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
  if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}
