import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A random key of the service, wrapped by the master key: blind-index keys, the pairwise key, the service key. */
@Entity('keys')
export class KeyEntity {
  @PrimaryColumn({ type: 'text' })
  name!: string;

  /** Wrapped: id of the master key (4 bytes), then the sealed key. */
  @Column({ type: 'bytea' })
  wrapped!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
