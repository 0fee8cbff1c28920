/** Activity: the trail of each account, and the partitions of its table.. */
import { Module } from '@nestjs/common';
import { ActivityPartitions } from './activity-partitions.service.js';
import { Activity } from './activity.service.js';
import { Logins } from './logins.service.js';

@Module({ providers: [Activity, ActivityPartitions, Logins], exports: [Activity, Logins] })
export class ActivityModule {}
