/**
 * Configuration: the environment and the jurisdiction, read once, validated whole, frozen (issue: fresh machine).
 * Everything else gets them by constructor; `process.env` is read here and nowhere else.
 */
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Env } from './env.js';
import { Jurisdiction } from './jurisdiction.js';

@Global()
@Module({})
export class ConfigModule {
  static with(env: Readonly<Env>, jurisdiction: Readonly<Jurisdiction>): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: Env, useValue: env }, { provide: Jurisdiction, useValue: jurisdiction }, Clock],
      exports: [Env, Jurisdiction, Clock],
    };
  }
}
