import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusal } from '../shared/refusal.js';
import { AppTokens } from './app-tokens.service.js';
import type { AppLogin } from './app-tokens.service.js';
import { APP_SCOPE } from './scopes.js';

type WithApp = Request & { appLogin?: AppLogin };

/** What the answer's WWW-Authenticate says (RFC 6750 section 3). */
const challengeOf = ({ status }: Refusal, hasToken: boolean): string => {
  if (status === 403) return `Bearer error="insufficient_scope", scope="${APP_SCOPE}"`;
  return hasToken ? 'Bearer error="invalid_token"' : 'Bearer';
};

/** The API of the government app: a bearer token, and no cookie. */
@Injectable()
export class AppTokenGuard implements CanActivate {
  constructor(private readonly tokens: AppTokens) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithApp>();
    const { authorization } = request.headers;
    try {
      request.appLogin = await this.tokens.read(authorization);
      return true;
    } catch (refusal) {
      const response = context.switchToHttp().getResponse<Response>();
      if (refusal instanceof Refusal) response.setHeader('www-authenticate', challengeOf(refusal, !!authorization));
      throw refusal;
    }
  }
}

/** The app that `AppTokenGuard` let through. */
export const TheApp = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AppLogin =>
    context.switchToHttp().getRequest<WithApp>().appLogin as AppLogin,
);
