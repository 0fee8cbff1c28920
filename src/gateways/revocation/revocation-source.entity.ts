import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An address that revocation lists come from, and the list that counts now. */
@Entity('revocation_sources')
export class RevocationSourceEntity {
  @PrimaryColumn({ type: 'text' })
  url!: string;

  @Column({ name: 'list_id', type: 'uuid', nullable: true })
  listId!: string | null;

  /** DER of the issuer's name, and of the key that signed. */
  @Column({ type: 'bytea', nullable: true })
  issuer!: Buffer | null;

  @Column({ name: 'issuer_spki', type: 'bytea', nullable: true })
  issuerSpki!: Buffer | null;

  @Column({ type: 'integer' })
  buckets!: number;

  @Column({ type: 'integer' })
  entries!: number;

  /** The list's own number: one that is older is not used. */
  @Column({ type: 'numeric' })
  number!: string;

  @Column({ name: 'this_update', type: 'timestamptz', nullable: true })
  thisUpdate!: Date | null;

  @Column({ name: 'next_update', type: 'timestamptz', nullable: true })
  nextUpdate!: Date | null;

  /** When a certificate was last asked after here; what nobody wants for a month is not fetched any more. */
  @Column({ name: 'wanted_at', type: 'timestamptz' })
  wantedAt!: Date;

  /** One process fetches at a time, until then at the latest. */
  @Column({ name: 'leased_until', type: 'timestamptz', nullable: true })
  leasedUntil!: Date | null;

  /** The fetch has failed: until then the address rests. */
  @Column({ type: 'boolean', default: false })
  failed!: boolean;
}
