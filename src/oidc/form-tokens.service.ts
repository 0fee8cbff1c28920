import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Refusal } from '../shared/refusal.js';
import { csrfToken, csrfValid } from '../web/csrf.js';

const SEPARATOR = '~';

/**
 * What our forms carry in `_csrf`: a token bound to the interaction or the session, and for an interaction a small signed
 * hint of the site, so that a form sent too late can say where to start again. The hint keeps the client id, nothing else.
 */
@Injectable()
export class FormTokens {
  constructor(private readonly env: Env) {}

  issue(binding: string, siteId?: string): string {
    const token = csrfToken(binding, this.env.cookieKeys);
    if (siteId === undefined) return token;
    const hint = Buffer.from(siteId).toString('base64url');
    return [token, hint, this.sign(hint, this.env.cookieKeys[0] as string)].join(SEPARATOR);
  }

  /**
   * @throws {Refusal} `form.foreign-origin` for a foreign or `null` Origin (an absent one is let pass: old browsers),
   * `form.token` for a missing, old or foreign token; both 403
   */
  check(request: IncomingMessage, body: unknown, binding: string): void {
    const { origin } = request.headers;
    if (origin !== undefined && origin !== this.env.issuer) throw new Refusal('form.foreign-origin', { status: 403 });
    const [token] = this.parts(body);
    if (!csrfValid(binding, token, this.env.cookieKeys)) throw new Refusal('form.token', { status: 403 });
  }

  /** The site a late form began at; `undefined` when the hint is missing or not ours. */
  siteOf(body: unknown): string | undefined {
    const [, hint = '', signature = ''] = this.parts(body);
    const given = Buffer.from(signature);
    const ours = this.env.cookieKeys.some((key) => {
      const made = Buffer.from(this.sign(hint, key));
      return made.length === given.length && timingSafeEqual(made, given);
    });
    return ours ? Buffer.from(hint, 'base64url').toString() : undefined;
  }

  private parts(body: unknown): string[] {
    const value = (body as { _csrf?: unknown } | undefined)?._csrf;
    return typeof value === 'string' ? value.split(SEPARATOR) : [''];
  }

  private sign(hint: string, key: string): string {
    return createHmac('sha256', key).update(`site-hint:${hint}`).digest('base64url');
  }
}
