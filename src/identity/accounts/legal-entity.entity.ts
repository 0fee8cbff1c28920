import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntityTypeId } from '../../config/jurisdiction.js';
import type { RegisterSays } from './register-says.js';

/** What is known of a legal entity; names, numbers and code are sealed under the account's data key. */
@Entity('legal_entities')
export class LegalEntityEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'text' })
  type!: EntityTypeId;

  @Column({ type: 'bytea' })
  name!: Buffer;

  @Column({ name: 'credit_code', type: 'bytea' })
  creditCode!: Buffer;

  @Column({ name: 'representative_name', type: 'bytea' })
  representativeName!: Buffer;

  @Column({ name: 'representative_id_number', type: 'bytea' })
  representativeIdNumber!: Buffer;

  /** The representative's own account, which confirmed the registration. */
  @Column({ name: 'representative_account_id', type: 'uuid', nullable: true })
  representativeAccountId!: string | null;

  /** Since when they stand for it here; empty for the one who registered it. */
  @Column({ name: 'representative_since', type: 'timestamptz', nullable: true })
  representativeSince!: Date | null;

  /** The person in charge (负责人), where the province asks for one. */
  @Column({ name: 'manager_name', type: 'bytea', nullable: true })
  managerName!: Buffer | null;

  @Column({ name: 'manager_id_number', type: 'bytea', nullable: true })
  managerIdNumber!: Buffer | null;

  /** A contact number, no identifier; without one the representative's is told. */
  @Column({ type: 'bytea', nullable: true })
  phone!: Buffer | null;

  /** When the register last said that all of this agrees, and its number of that answer. */
  @Column({ name: 'checked_at', type: 'timestamptz' })
  checkedAt!: Date;

  @Column({ name: 'register_reference', type: 'text' })
  registerReference!: string;

  /** What it said when it was last asked again. */
  @Column({ name: 'register_says', type: 'text', default: 'agrees' })
  registerSays!: RegisterSays;

  /** The register names another representative: until that one takes over, nobody speaks for the entity by SMS. */
  @Column({ name: 'representative_left', type: 'boolean', default: false })
  representativeLeft!: boolean;

  /** When it last answered, whatever it said; empty: not since `checkedAt`. */
  @Column({ name: 'asked_at', type: 'timestamptz', nullable: true })
  askedAt!: Date | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
