import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What happened to an account: its own trail, kept at least 180 days and as long as `numberReuseDays`. Partitioned by month. */
@Entity('activity')
@Index('activity_account', { synchronize: false })
export class ActivityEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ name: 'actor_id', type: 'uuid' })
  actorId!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ name: 'client_id', type: 'text', nullable: true })
  clientId!: string | null;

  @Column({ type: 'jsonb' })
  details!: Record<string, unknown>;
}
