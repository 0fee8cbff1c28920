import { createParamDecorator, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Refusal } from '../../shared/refusal.js';
import { FormTokens } from '../form-tokens.service.js';
import { LoginFirst } from '../interaction-gone.js';
import { levelHeld, onlySms, satisfies } from '../levels.js';
import { Presence } from '../presence.service.js';
import type { WithPresence } from '../presence.service.js';
import { consoleLogin, sessionOf } from '../session.guard.js';
import type { SiteRecord } from '../sites/site-records.service.js';
import { OperatedSites } from './operated-sites.service.js';
import { Operators } from './operators.service.js';
import type { Operator } from './operators.service.js';

type InConsole = WithPresence & { operator?: Operator; site?: SiteRecord };

/**
 * Pages under `/console`: a session, a role, and the level that the console asks for held by this very session, or the
 * login raises it. A page of one site (`:id`) is there for whom has a role for it; to anybody else it is an unknown one.
 */
@Injectable()
export class ConsoleGuard implements CanActivate {
  constructor(
    private readonly presence: Presence,
    private readonly tokens: FormTokens,
    private readonly operators: Operators,
    private readonly sites: OperatedSites,
    private readonly env: Env,
  ) {}

  /** @throws {Refusal} console.no-role, console.sms-alone (403), page.not-found (404) @throws {LoginFirst} @throws {SessionGone} */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<InConsole>();
    const login = (path: string) => consoleLogin(this.env.issuer, path);
    const { accountId } = await sessionOf({ presence: this.presence, tokens: this.tokens }, context, login);
    const operator = await this.operators.of(accountId);
    if (!operator) throw new Refusal('console.no-role', { status: 403 });
    // A form cannot wait for a login: what comes back is the list.
    if (!this.isHighEnough(request))
      throw new LoginFirst(login(request.method === 'GET' ? request.originalUrl : '/console'));
    request.operator = operator;
    const id = request.params['id'];
    if (typeof id === 'string') request.site = await this.sites.get(operator, id);
    return true;
  }

  private isHighEnough({ profile, signedIn }: InConsole): boolean {
    if (!profile || !signedIn) return false;
    if (!satisfies(levelHeld(profile, signedIn.amr), this.sites.requiredLevel)) return false;
    if (onlySms(signedIn.amr)) throw new Refusal('console.sms-alone', { status: 403 });
    return true;
  }
}

/** Who acts in the console, and whose developer they are. */
export const TheOperator = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Operator =>
    context.switchToHttp().getRequest<InConsole>().operator as Operator,
);

/** The site of a route with `:id`, which this person has a role for. */
export const TheSite = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SiteRecord =>
    context.switchToHttp().getRequest<InConsole>().site as SiteRecord,
);

/** After `ConsoleGuard`: pages for operators; to a developer there are none. */
@Injectable()
export class OperatorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<InConsole>().operator?.role === 'operator') return true;
    throw new Refusal('page.not-found', { status: 404 });
  }
}
