/** Captcha: the picture before an SMS, refreshed at will, and the other way past it.. /captcha/:id.png */
import { Module } from '@nestjs/common';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AnotherCaptchaController, CaptchaController } from './captcha.controller.js';

@Module({ imports: [CodesModule, OidcModule], controllers: [AnotherCaptchaController, CaptchaController] })
export class CaptchaModule {}
