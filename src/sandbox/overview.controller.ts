import { Controller, Get, Header } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { DemoAccounts } from './demo-accounts.service.js';
import { DemoEntities } from './demo-entities.service.js';
import { overview } from './overview.js';

/** `GET /sandbox/overview`: what `npm start` prints. */
@Controller('sandbox/overview')
export class OverviewController {
  constructor(
    private readonly accounts: DemoAccounts,
    private readonly entities: DemoEntities,
    private readonly jurisdiction: Jurisdiction,
    private readonly env: Env,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  async show(): Promise<string> {
    const people = await this.accounts.freeResidents();
    return overview(this.jurisdiction, this.env, {
      accounts: this.accounts.list(),
      entities: await this.entities.withCertificates(),
      people,
    });
  }
}
