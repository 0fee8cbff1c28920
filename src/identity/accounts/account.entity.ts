import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccountKind, Level } from '../../shared/account.js';

export type AccountState = 'active' | 'disabled' | 'closed';

/** A unified account (统一用户帐号). Its id is a random UUIDv4: it is the public `sub`. */
@Entity('accounts')
export class AccountEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  kind!: AccountKind;

  @Column({ type: 'text' })
  state!: AccountState;

  @Column({ type: 'smallint' })
  level!: Level;

  /** Sessions, codes and tokens older than this are not found. */
  @Column({ name: 'valid_from', type: 'timestamptz' })
  validFrom!: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** When a way in was last changed by what proves a number and not a person, and which way. */
  @Column({ name: 'way_changed_at', type: 'timestamptz', nullable: true })
  wayChangedAt!: Date | null;

  @Column({ name: 'way_changed_by', type: 'text', nullable: true })
  wayChangedBy!: string | null;

  /** Sessions and tokens made with a certificate before this are not found. */
  @Column({ name: 'certified_from', type: 'timestamptz', nullable: true })
  certifiedFrom!: Date | null;

  /** As its owner spells it, sealed. */
  @Column({ name: 'user_name', type: 'bytea', nullable: true })
  userName!: Buffer | null;
}
