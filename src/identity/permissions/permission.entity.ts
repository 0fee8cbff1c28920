import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person lets go out to a site: one row a scope. */
@Entity('permissions')
export class PermissionEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @PrimaryColumn({ name: 'client_id', type: 'text' })
  clientId!: string;

  @PrimaryColumn({ type: 'text' })
  scope!: string;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt!: Date;
}
