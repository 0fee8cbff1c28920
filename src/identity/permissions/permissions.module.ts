/** Permissions: what a person lets go out to which site.. */
import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import { Permissions } from './permissions.service.js';

@Module({ imports: [ActivityModule], providers: [Permissions], exports: [Permissions] })
export class PermissionsModule {}
