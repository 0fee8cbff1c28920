import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../config/env.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Persons } from '../identity/accounts/persons.service.js';
import type { Profile } from '../identity/accounts/standing.js';
import type { PageRequest } from '../web/pages.service.js';
import { stands } from './account.js';
import { FormTokens } from './form-tokens.service.js';
import { LoginFirst, SessionGone } from './interaction-gone.js';
import { OWN_RETURN, OWN_SITE } from './own-site.js';
import { Sessions } from './sessions.service.js';
import type { SignedIn } from './sessions.service.js';

type WithSession = Request & PageRequest & { signedIn?: SignedIn; profile?: Profile };

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

/**
 * Pages under `/account`: without a session a page goes through a login and comes back, a form says that it ended. A
 * session older than what ended the account's sessions, or of an account that is closed, is none.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: FormTokens,
    private readonly accounts: Accounts,
    private readonly persons: Persons,
    private readonly env: Env,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithSession>();
    const response = context.switchToHttp().getResponse<Response>();
    const signedIn = await this.standing(request, response);
    if (!signedIn && request.method === 'POST') throw new SessionGone();
    if (!signedIn) throw new LoginFirst(ownLogin(this.env.issuer, request.originalUrl));
    const binding = `session:${signedIn.uid}`;
    if (request.method === 'POST') this.tokens.check(request, request.body, binding);
    request.signedIn = signedIn;
    request.formToken = this.tokens.issue(binding);
    request.profile = await this.persons.profile(signedIn.accountId);
    request.signedInAs = request.profile?.maskedName ?? request.profile?.maskedPhone;
    return true;
  }

  private async standing(request: Request, response: Response): Promise<SignedIn | undefined> {
    const signedIn = await this.sessions.current(request, response);
    const standing = signedIn && (await this.accounts.standing(signedIn.accountId));
    return stands(standing, signedIn?.stamp) ? signedIn : undefined;
  }
}

/** Who `SessionGuard` let through. */
export const TheSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SignedIn =>
    context.switchToHttp().getRequest<WithSession>().signedIn as SignedIn,
);

/** What pages may show of their account. */
export const TheProfile = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Profile =>
    context.switchToHttp().getRequest<WithSession>().profile as Profile,
);
