import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The argon2id hash of an account's password, sealed and bound to its account. */
@Entity('passwords')
export class PasswordEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'bytea' })
  hash!: Buffer;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;
}
