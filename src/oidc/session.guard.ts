import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Env } from '../config/env.js';
import type { Profile } from '../identity/accounts/standing.js';
import { FormTokens } from './form-tokens.service.js';
import { LoginFirst, SessionGone } from './interaction-gone.js';
import { OWN_RETURN, OWN_SITE } from './sites/own-site.js';
import { Presence } from './presence.service.js';
import type { WithPresence } from './presence.service.js';
import type { SignedIn } from './sessions.service.js';

/** The address of a login that comes back to a path of ours; its code is never redeemed, so its verifier is thrown away. */
export function ownLogin(issuer: string, path: string, more: Record<string, string> = {}): string {
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
  const parameters = new URLSearchParams({
    client_id: OWN_SITE,
    redirect_uri: `${issuer}${OWN_RETURN}`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: path,
    ...more,
  });
  return `/oidc/auth?${parameters}`;
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
    const request = context.switchToHttp().getRequest<WithPresence>();
    const response = context.switchToHttp().getResponse<Response>();
    const signedIn = await this.presence.of(request, response);
    if (!signedIn && request.method === 'POST') throw new SessionGone();
    if (!signedIn) throw new LoginFirst(ownLogin(this.env.issuer, request.originalUrl));
    const binding = `session:${signedIn.uid}`;
    if (request.method === 'POST') this.tokens.check(request, request.body, binding);
    request.formToken = this.tokens.issue(binding);
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
