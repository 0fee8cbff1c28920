import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DemoAuthorities } from './demo-authorities.service.js';

/** Where the fictional authorities publish what they have revoked. */
@Controller('sandbox/authorities')
export class DemoAuthoritiesController {
  constructor(private readonly authorities: DemoAuthorities) {}

  @Get(':id/:which.crl')
  list(@Param('id') id: string, @Param('which') which: string, @Res() response: Response): void {
    const known = this.authorities.ids().find((one) => one === id);
    if (!known || (which !== 'root' && which !== 'issuer')) throw new NotFoundException();
    response.type('application/pkix-crl').send(this.authorities.list(known, which));
  }
}
