import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The newest one-time code a service hall issued for an account, as a keyed hash. */
@Entity('recovery_codes')
@Index('recovery_codes_code', ['code'], { unique: true })
export class RecoveryCodeEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'bytea' })
  code!: Buffer;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
