import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Env } from '../config/env.js';
import type { Profile } from '../identity/accounts/standing.js';
import { FormTokens } from './form-tokens.service.js';
import { LoginFirst, SessionGone } from './interaction-gone.js';
import { CONSOLE_RETURN, CONSOLE_SITE, OWN_RETURN, OWN_SITE } from './sites/own-site.js';
import { Presence } from './presence.service.js';
import type { WithPresence } from './presence.service.js';
import type { SignedIn } from './sessions.service.js';

/** A login that comes back to a path of ours; its code is never redeemed, so its verifier is thrown away. */
function loginAt(site: string, back: string, path: string, more: Record<string, string>): string {
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
  const parameters = new URLSearchParams({
    client_id: site,
    redirect_uri: back,
    response_type: 'code',
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: path,
    ...more,
  });
  return `/oidc/auth?${parameters}`;
}

/** The address of a login that comes back to a path of the user centre. */
export const ownLogin = (issuer: string, path: string, more: Record<string, string> = {}): string =>
  loginAt(OWN_SITE, `${issuer}${OWN_RETURN}`, path, more);

/** The address of a login, or of what a session lacks for it, that comes back to a path of the console. */
export const consoleLogin = (issuer: string, path: string): string =>
  loginAt(CONSOLE_SITE, `${issuer}${CONSOLE_RETURN}`, path, {});

/**
 * The session of a request, its form judged.
 * @param login where a page without a session goes
 * @throws {LoginFirst} @throws {SessionGone} for a form without a session
 * @throws {Refusal} form.foreign-origin, form.token (403)
 */
export async function sessionOf(
  { presence, tokens }: { presence: Presence; tokens: FormTokens },
  context: ExecutionContext,
  login: (path: string) => string,
): Promise<SignedIn> {
  const request = context.switchToHttp().getRequest<WithPresence>();
  const signedIn = await presence.of(request, context.switchToHttp().getResponse<Response>());
  if (!signedIn && request.method === 'POST') throw new SessionGone();
  if (!signedIn) throw new LoginFirst(login(request.originalUrl));
  const binding = `session:${signedIn.uid}`;
  if (request.method === 'POST') tokens.check(request, request.body, binding);
  request.formToken = tokens.issue(binding);
  return signedIn;
}

/** Pages under `/account`: without a session a page goes through a login and comes back, a form says that it ended. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly presence: Presence,
    private readonly tokens: FormTokens,
    private readonly env: Env,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await sessionOf({ presence: this.presence, tokens: this.tokens }, context, (path) =>
      ownLogin(this.env.issuer, path),
    );
    return true;
  }
}

/** Who `SessionGuard` let through. */
export const TheSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SignedIn =>
    context.switchToHttp().getRequest<WithPresence>().signedIn as SignedIn,
);

/** What pages may show of their account. */
export const TheProfile = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Profile =>
    context.switchToHttp().getRequest<WithPresence>().profile as Profile,
);
