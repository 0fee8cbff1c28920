import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DeliveryReason } from './delivery-reasons.js';

/** `waiting` is tried again; `dropped` has nothing to tell any more, or nobody who wants to know. */
export type DeliveryState = 'told' | 'waiting' | 'given-up' | 'dropped';

/** One logout token on its way to a site. No account and no `sid`: it says how a site answers, not who logged out. */
@Entity('logout_deliveries')
@Index('logout_deliveries_of_site', ['clientId', 'id'])
@Index('logout_deliveries_told', ['clientId', 'lastAt'], { where: `state = 'told' and not test` })
@Index('logout_deliveries_failed', ['clientId', 'lastAt'], { where: `state in ('waiting', 'given-up') and not test` })
export class LogoutDeliveryEntity {
  /** A UUIDv7: it begins with the time of the first try. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ type: 'text' })
  state!: DeliveryState;

  @Column({ type: 'smallint' })
  tries!: number;

  /** Why it is not told; of the last try. */
  @Column({ type: 'text', nullable: true })
  reason!: DeliveryReason | null;

  /** What the site answered at the last try, if it answered. */
  @Column({ type: 'smallint', nullable: true })
  status!: number | null;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'last_at', type: 'timestamptz' })
  lastAt!: Date;

  @Column({ name: 'next_at', type: 'timestamptz', nullable: true })
  nextAt!: Date | null;

  /** Asked for by a developer of the site, about nobody's login. */
  @Column({ type: 'boolean' })
  test!: boolean;
}
