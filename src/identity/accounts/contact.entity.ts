import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A number that Alipay told of somebody: nobody has proved it, so it blocks nobody and finds nobody by itself. */
@Entity('contacts')
@Index('contacts_blind_index', ['blindIndex'])
export class ContactEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ name: 'blind_index', type: 'bytea' })
  blindIndex!: Buffer;

  @Column({ type: 'bytea' })
  phone!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
