/** Home: what this is, log in, register; the texts the footer leads to.. Pages: /, /sites, /agreement … */
import { Module } from '@nestjs/common';
import { OidcModule } from '../../oidc/oidc.module.js';
import { HomeController } from './home.controller.js';

@Module({ imports: [OidcModule], controllers: [HomeController] })
export class HomeModule {}
