import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The data key of one account. Left out of the main backup: destroying it erases the person there too. */
@Entity('data_keys')
export class DataKeyEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'bytea' })
  wrapped!: Buffer;
}
