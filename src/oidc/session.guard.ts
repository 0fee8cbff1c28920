import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../config/env.js';
import { FormTokens } from './form-tokens.service.js';
import { LoginFirst, SessionGone } from './interaction-gone.js';
import { OWN_RETURN, OWN_SITE } from './own-site.js';
import { Sessions } from './sessions.service.js';
import type { SignedIn } from './sessions.service.js';

type WithSession = Request & { signedIn?: SignedIn; formToken?: string };

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
    private readonly sessions: Sessions,
    private readonly tokens: FormTokens,
    private readonly env: Env,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithSession>();
    const response = context.switchToHttp().getResponse<Response>();
    const signedIn = await this.sessions.current(request, response);
    if (!signedIn && request.method === 'POST') throw new SessionGone();
    if (!signedIn) throw new LoginFirst(ownLogin(this.env.issuer, request.originalUrl));
    const binding = `session:${signedIn.uid}`;
    if (request.method === 'POST') this.tokens.check(request, request.body, binding);
    request.signedIn = signedIn;
    request.formToken = this.tokens.issue(binding);
    return true;
  }
}

/** Who `SessionGuard` let through. */
export const TheSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SignedIn =>
    context.switchToHttp().getRequest<WithSession>().signedIn as SignedIn,
);
