/** What a legal entity asks of its representative, who says yes or no in their own user centre.. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { EntityPeople } from './entity-people.service.js';
import { EntityRequests } from './entity-requests.service.js';
import { RequestAnswers } from './request-answers.service.js';
import { RequestAsking } from './request-asking.service.js';
import { RequestRecords } from './request-records.service.js';

@Module({
  imports: [AccountsModule, ActivityModule, LimitsModule, NoticesModule],
  providers: [EntityPeople, EntityRequests, RequestAnswers, RequestAsking, RequestRecords],
  exports: [EntityPeople, EntityRequests, RequestAnswers, RequestAsking],
})
export class EntityRequestsModule {}
