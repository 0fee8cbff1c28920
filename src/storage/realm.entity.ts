import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which realm this database belongs to: written once, by its first boot. */
@Entity('realm')
export class RealmEntity {
  @PrimaryColumn({ type: 'smallint' })
  one!: number;

  @Column({ type: 'text' })
  name!: 'demo' | 'production';
}
