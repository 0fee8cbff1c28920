import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { IdentifierKind } from '../../shared/account.js';

/** What an account is found by, and what must be unique: the primary key is the promise. */
@Entity('identifiers')
@Index('identifiers_account', ['accountId'])
export class IdentifierEntity {
  @PrimaryColumn({ type: 'text' })
  kind!: IdentifierKind;

  @PrimaryColumn({ name: 'blind_index', type: 'bytea' })
  blindIndex!: Buffer;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
