import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A certificate authority the operator trusts, as it was written down. */
@Entity('authorities')
export class AuthorityEntity {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'jsonb' })
  record!: Record<string, unknown>;

  @Column({ name: 'disabled_at', type: 'timestamptz', nullable: true })
  disabledAt!: Date | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
