/** Credentials: passwords.. */
import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import { Passwords } from './passwords.service.js';

@Module({ imports: [ActivityModule], providers: [Passwords], exports: [Passwords] })
export class CredentialsModule {}
