/** For the developers of sites: what each protocol error means and what to do.. Page: /developers/errors. */
import { Module } from '@nestjs/common';
import { OidcModule } from '../../oidc/oidc.module.js';
import { DevelopersController } from './developers.controller.js';

@Module({ imports: [OidcModule], controllers: [DevelopersController] })
export class DevelopersModule {}
