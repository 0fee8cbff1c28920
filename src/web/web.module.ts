/** Web: how a page is made. Layout, form fields, the error page, language and text size.. */
import { Global, Module } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { Assets } from './assets.js';
import { Log } from './log.js';
import { Pages } from './pages.service.js';
import { PreferencesController } from './preferences.controller.js';

@Global()
@Module({
  controllers: [PreferencesController],
  providers: [
    Log,
    Pages,
    {
      provide: Assets,
      inject: [Jurisdiction, Env],
      useFactory: ({ footer }: Jurisdiction, { assistants }: Env) => new Assets(footer, assistants),
    },
  ],
  exports: [Log, Pages],
})
export class WebModule {}
