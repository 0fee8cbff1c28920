import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RetiredSecret } from './site.js';

/** A registered site: its client metadata without the secret, which is sealed. */
@Entity('sites')
export class SiteEntity {
  @PrimaryColumn({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ type: 'jsonb' })
  metadata!: Record<string, unknown>;

  @Column({ type: 'bytea', nullable: true })
  secret!: Buffer | null;

  @Column({ name: 'disabled_at', type: 'timestamptz', nullable: true })
  disabledAt!: Date | null;

  /** Set while an operator keeps it disabled. */
  @Column({ name: 'held_at', type: 'timestamptz', nullable: true })
  heldAt!: Date | null;

  @Column({ name: 'retired_secrets', type: 'jsonb', default: [] })
  retiredSecrets!: RetiredSecret[];

  @Column({ name: 'valid_from', type: 'timestamptz', nullable: true })
  validFrom!: Date | null;

  /** Counts the states of its registration: whoever changes it says which one was seen. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** Its registration as the sites file said it last. */
  @Column({ type: 'jsonb', nullable: true })
  listed!: Record<string, unknown> | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
