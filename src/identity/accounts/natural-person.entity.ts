import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VerificationMethod } from '../../shared/account.js';

/** What is known of a natural person; every value is sealed under the account's data key. */
@Entity('natural_persons')
export class NaturalPersonEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'bytea', nullable: true })
  phone!: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  name!: Buffer | null;

  @Column({ name: 'id_number', type: 'bytea', nullable: true })
  idNumber!: Buffer | null;

  @Column({ name: 'verified_at', type: 'timestamptz', nullable: true })
  verifiedAt!: Date | null;

  @Column({ name: 'verified_by', type: 'text', nullable: true })
  verifiedBy!: string | null;

  @Column({ name: 'verified_method', type: 'text', nullable: true })
  verifiedMethod!: VerificationMethod | null;

  /** The verifier's own number of its answer, sealed as the rest. */
  @Column({ name: 'verified_reference', type: 'bytea', nullable: true })
  verifiedReference!: Buffer | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
