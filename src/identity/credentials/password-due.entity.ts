import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account whose password was taken away: its next login by number sets a new one. */
@Entity('passwords_due')
export class PasswordDueEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'timestamptz' })
  since!: Date;
}
