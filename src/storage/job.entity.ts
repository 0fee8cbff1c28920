import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something to be done after a commit, or later. The payload holds ids, no personal data. */
@Entity('jobs')
@Index('jobs_due', ['due'])
export class JobEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'jsonb' })
  payload!: Record<string, unknown>;

  @Column({ type: 'timestamptz' })
  due!: Date;

  @Column({ type: 'smallint', default: 0 })
  attempts!: number;
}
