import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Serial numbers of a list whose hash falls into one bucket, packed. */
@Entity('revoked_serials')
export class RevokedSerialsEntity {
  @PrimaryColumn({ name: 'list_id', type: 'uuid' })
  listId!: string;

  @PrimaryColumn({ type: 'integer' })
  bucket!: number;

  @Column({ type: 'bytea' })
  serials!: Buffer;
}
