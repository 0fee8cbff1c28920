import { Body, Controller, Header, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { AppTokenGuard, TheApp } from '../../oidc/app-token.guard.js';
import type { AppLogin } from '../../oidc/app-tokens.service.js';
import { preferencesOf } from '../../web/language.js';
import { PickedNumber, Problem, ScannedLogin, ScanRequest, TicketAnswer } from './app-answers.js';
import { AppLogins } from './app-logins.service.js';

/** A refusal's status, and which codes it stands for. */
const refused = (status: number, description: string) =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
  });

const fieldOf = (body: unknown, name: string): unknown => (body as Record<string, unknown> | null | undefined)?.[name];

/** `/app/tickets/:ticket/…`: what the government app does with a code it has scanned, with its access token. */
@Controller('app/tickets/:ticket')
@UseGuards(AppTokenGuard)
@ApiTags('tickets')
@ApiBearerAuth()
@ApiParam({ name: 'ticket', description: 'The last part of the path that the code or the link holds' })
@refused(401, 'app.token')
@refused(403, 'app.scope')
@refused(404, 'ticket.unknown')
@refused(410, 'ticket.expired')
@refused(429, 'limit.wait, ticket.closed; Retry-After says when')
@refused(503, 'unavailable')
export class AppTicketsController {
  constructor(private readonly logins: AppLogins) {}

  @Post('scan')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Marks the code as scanned by this account, once; says which login it is' })
  @ApiConsumes('application/json')
  @ApiBody({ type: ScanRequest, required: false })
  @ApiOkResponse({ type: ScannedLogin })
  @refused(409, 'ticket.scanned, ticket.over')
  async scan(
    @Param('ticket') ticket: string,
    @TheApp() app: AppLogin,
    @Body() body: unknown,
    @Req() request: Request,
  ): Promise<ScannedLogin> {
    const { language } = preferencesOf({ 'accept-language': request.headers['accept-language'] });
    const byLink = fieldOf(body, 'by') === 'link';
    return this.logins.scan(ticket, app, { address: request.ip ?? '', language, byLink });
  }

  @Post('confirm')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Logs the waiting browser in, if the number is the one that its page shows' })
  @ApiConsumes('application/json')
  @ApiBody({ type: PickedNumber })
  @ApiOkResponse({ type: TicketAnswer })
  @refused(403, 'app.scope, app.login-old, app.login-scanned, ticket.other-app')
  @refused(409, 'ticket.not-scanned, ticket.over')
  @refused(422, 'app.number-missing; ticket.wrong-number, which ends the ticket')
  async confirm(
    @Param('ticket') ticket: string,
    @TheApp() app: AppLogin,
    @Body() body: unknown,
  ): Promise<TicketAnswer> {
    await this.logins.confirm(ticket, app, fieldOf(body, 'number'));
    return { state: 'confirmed' };
  }

  @Post('deny')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Refuses the login' })
  @ApiOkResponse({ type: TicketAnswer })
  @refused(403, 'app.scope, ticket.other-app')
  @refused(409, 'ticket.not-scanned, ticket.over')
  async deny(@Param('ticket') ticket: string, @TheApp() app: AppLogin): Promise<TicketAnswer> {
    await this.logins.deny(ticket, app);
    return { state: 'denied' };
  }
}
