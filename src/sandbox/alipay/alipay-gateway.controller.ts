import { Body, Controller, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { AlipayAnswers } from './alipay-answers.service.js';

/** `/sandbox/alipay/gateway.do`: the gateway of the Alipay that stands in, by its real protocol. */
@Controller('sandbox/alipay')
export class AlipayGatewayController {
  constructor(private readonly answers: AlipayAnswers) {}

  @Post('gateway.do')
  async answer(
    @Query() query: Record<string, string>,
    @Body() body: Record<string, string>,
    @Res() response: Response,
  ): Promise<void> {
    const answer = await this.answers.to({ ...query, ...body });
    response
      .status(answer === undefined ? 503 : 200)
      .type('application/json')
      .send(answer ?? '');
  }
}
