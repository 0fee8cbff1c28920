import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type PendingKind = 'number-move' | 'number-freed' | 'deregistration';

/** A change of an account that waits for its day, and may be stopped or undone until then. */
@Entity('pending_changes')
@Index('pending_changes_stop_code', ['stopCode'], { unique: true })
export class PendingChangeEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @PrimaryColumn({ type: 'text' })
  kind!: PendingKind;

  /** The number it is about, sealed. */
  @Column({ type: 'bytea', nullable: true })
  phone!: Buffer | null;

  /** The blind index of the stop code in a message to the old number. */
  @Column({ name: 'stop_code', type: 'text', nullable: true })
  stopCode!: string | null;

  @Column({ type: 'timestamptz' })
  due!: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
