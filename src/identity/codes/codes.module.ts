/** Codes: picture codes, SMS codes, and what they are limited by. */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { Captchas } from './captchas.service.js';
import { CodeStages } from './code-stages.service.js';
import { CodeSteps } from './code-steps.service.js';
import { CodeTries } from './code-tries.service.js';
import { ProofOfWork } from './proof-of-work.service.js';
import { ProvedNumbers } from './proved-numbers.service.js';
import { SmsBudget } from './sms-budget.service.js';
import { SmsCaptcha } from './sms-captcha.service.js';
import { SmsCodes } from './sms-codes.service.js';
import { SmsSending } from './sms-sending.service.js';

@Module({
  imports: [GatewaysModule, LimitsModule],
  providers: [
    Captchas,
    CodeStages,
    CodeSteps,
    CodeTries,
    ProofOfWork,
    ProvedNumbers,
    SmsBudget,
    SmsCaptcha,
    SmsCodes,
    SmsSending,
  ],
  exports: [Captchas, CodeStages, CodeSteps, ProofOfWork, ProvedNumbers, SmsCodes, SmsSending],
})
export class CodesModule {}
