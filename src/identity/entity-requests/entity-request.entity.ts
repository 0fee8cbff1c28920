import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What may wait for a representative's word. */
export type RequestKind = 'registration' | 'representative' | 'contact';

/** How a request stands; one that is waiting or confirmed lapses with its time. */
export type RequestState = 'waiting' | 'confirmed' | 'denied' | 'withdrawn' | 'overtaken' | 'finished' | 'expired';

/** A request that only a legal representative can grant, kept for some days; its content is sealed under their account's data key. */
@Entity('entity_requests')
@Index('entity_requests_one_open', ['creditCode', 'kind'], { unique: true, where: `state in ('waiting', 'confirmed')` })
@Index('entity_requests_credit_code', ['creditCode', 'askedAt'])
@Index('entity_requests_account', ['accountId'])
@Index('entity_requests_entity', ['entityId'])
export class EntityRequestEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  kind!: RequestKind;

  /** The representative's account, which is asked. */
  @Column({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  /** The entity's account, where it has one already. */
  @Column({ name: 'entity_id', type: 'uuid', nullable: true })
  entityId!: string | null;

  /** A blind index. */
  @Column({ name: 'credit_code', type: 'bytea' })
  creditCode!: Buffer;

  @Column({ type: 'text' })
  state!: RequestState;

  @Column({ type: 'bytea' })
  content!: Buffer;

  @Column({ name: 'asked_at', type: 'timestamptz' })
  askedAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
