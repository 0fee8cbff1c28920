import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import { uuidv7At } from '../../storage/uuid.js';

const JOB = 'activity.partitions';
const MONTHS_AHEAD = 2;
const DAY_MS = 86_400_000;
/** In the order of the key, or the planner may read the partition from end to end for a row that is not there. */
const EARLY = 'select 1 from activity_default where id >= $1 and id < $2 order by id limit 1';

/** Makes the months of the activity table ahead of time; the default partition catches what comes before that. */
@Injectable()
export class ActivityPartitions implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.jobs.recur(JOB, DAY_MS, async () => this.makeAhead());
  }

  /** Months from the next one on: the present month may have rows in the default partition already. */
  async makeAhead(): Promise<void> {
    const now = this.clock.now();
    for (let ahead = 1; ahead <= MONTHS_AHEAD; ahead += 1) {
      const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
      const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1));
      const name = `activity_${from.toISOString().slice(0, 7).replace('-', '_')}`;
      await this.make(name, uuidv7At(from.getTime()), uuidv7At(to.getTime()));
    }
  }

  /** A month that has rows in the default partition already (a clock moved ahead) stays there. */
  private async make(name: string, from: string, to: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const early = (await tx.query(EARLY, [from, to])) as unknown[];
      if (early.length > 0) return;
      await tx.query(
        `create table if not exists ${name} partition of activity for values from ('${from}') to ('${to}')`,
      );
    });
  }
}
