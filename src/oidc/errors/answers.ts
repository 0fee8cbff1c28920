import type { KoaContextWithOIDC } from 'oidc-provider';

/** Characters that an error_description may not hold (RFC 6749 4.1.2.1, 5.2). */
const NOT_ALLOWED = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/g;
/** Where the engine has put the description, or else the error alone: in an address, in its form, in a header. */
const IN_ADDRESS = /[?&#]error_description=[^&#]*/;
const BARE_IN_ADDRESS = /[?&#]error=[^&#]*/;
const IN_FORM = /(<input type="hidden" name="error_description" value="[^"]*)("\/>)/;
const BARE_IN_FORM = /<input type="hidden" name="error" value="[^"]*"\/>/;
const IN_HEADER = /(error_description="(?:[^"\\]|\\.)*)(")/;

const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${value}"/>`;
const withId = (id: string) => `(error id ${id})`;

function inBody(body: { error_description?: string }, id: string, uri: string): object {
  const description = (body.error_description ?? '').replace(NOT_ALLOWED, "'");
  return { ...body, error_description: `${description} ${withId(id)}`.trim(), error_uri: uri };
}

function inAddress(address: string, id: string, uri: string): string {
  const added = encodeURIComponent(withId(id));
  const more = `&error_uri=${encodeURIComponent(uri)}`;
  if (!IN_ADDRESS.test(address)) {
    return address.replace(BARE_IN_ADDRESS, (error: string) => `${error}&error_description=${added}${more}`);
  }
  return address.replace(IN_ADDRESS, (description: string) => `${description}+${added}${more}`);
}

function inForm(html: string, id: string, uri: string): string {
  const more = `\n${field('error_uri', uri)}`;
  if (!IN_FORM.test(html)) {
    return html.replace(BARE_IN_FORM, (error: string) => `${error}\n${field('error_description', withId(id))}${more}`);
  }
  return html.replace(IN_FORM, (_whole, begin: string, end: string) => `${begin} ${withId(id)}${end}${more}`);
}

/**
 * Puts the error id into what the site gets, whichever way: JSON, a redirect, a form that posts itself, and the header of
 * a 401. Every standard member stays; `error_description` gains the id at its end.
 */
export function told(ctx: KoaContextWithOIDC, id: string, uri: string): void {
  const challenge = ctx.response.get('www-authenticate');
  if (challenge) {
    ctx.set(
      'www-authenticate',
      challenge.replace(IN_HEADER, (_whole, begin: string, end: string) => `${begin} ${withId(id)}${end}`),
    );
  }
  const location = ctx.response.get('location');
  if (location) return ctx.set('location', inAddress(location, id, uri));
  if (typeof ctx.body === 'string') {
    ctx.body = inForm(ctx.body, id, uri);
    return;
  }
  if (typeof ctx.body === 'object' && ctx.body !== null) ctx.body = inBody(ctx.body, id, uri);
}
