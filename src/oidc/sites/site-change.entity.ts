import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ChangedFields } from './site-differences.js';

/** `secret`: a new one; `unlisted`: gone from the sites file; `listed`: on it again; `test-logout`: nothing changed, it was called. */
export type SiteChangeKind =
  'created' | 'changed' | 'secret' | 'disabled' | 'enabled' | 'unlisted' | 'listed' | 'test-logout';

/** `waiting` becomes one of those after it, once. */
export type SiteChangeState = 'applied' | 'waiting' | 'approved' | 'refused' | 'withdrawn';

/** One change of a site, made or asked for. Never a secret; who did it is an account's id, `cli` or `sites-file`. */
@Entity('site_changes')
@Index('site_changes_of_site', ['clientId', 'id'])
@Index('site_changes_waiting', ['clientId'], { unique: true, where: `state = 'waiting'` })
export class SiteChangeEntity {
  /** A UUIDv7: it begins with the time. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ type: 'text' })
  kind!: SiteChangeKind;

  @Column({ type: 'jsonb' })
  fields!: ChangedFields;

  /** Of a new secret: how long those before it count. */
  @Column({ name: 'overlap_hours', type: 'integer', nullable: true })
  overlapHours!: number | null;

  /** Of the registration: the version that it made. */
  @Column({ type: 'integer', nullable: true })
  version!: number | null;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  state!: SiteChangeState;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy!: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;
}
