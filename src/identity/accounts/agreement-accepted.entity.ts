import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Which version of the agreement was accepted, and when (R-2.4; PIPL art. 17). */
@Entity('agreements_accepted')
@Index('agreements_accepted_account', ['accountId', 'id'])
export class AgreementAcceptedEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'text' })
  version!: string;

  /** SHA-256 of the Chinese text that was shown. */
  @Column({ name: 'text_hash', type: 'bytea' })
  textHash!: Buffer;

  @Column({ name: 'accepted_at', type: 'timestamptz' })
  acceptedAt!: Date;
}
