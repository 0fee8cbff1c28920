import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type ConsoleRole = 'operator' | 'developer';

/** What an account may do in the console: a role once, a developer's for each site. */
@Entity('operator_roles')
@Index('operator_roles_once', ['accountId', 'clientId'], { unique: true })
@Index('operator_roles_site', ['clientId'])
export class OperatorRoleEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  @Column({ type: 'text' })
  role!: ConsoleRole;

  /** The site of a developer. */
  @Column({ name: 'client_id', type: 'text', nullable: true })
  clientId!: string | null;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt!: Date;

  /** The operator who granted it; nobody at the command line. */
  @Column({ name: 'granted_by', type: 'uuid', nullable: true })
  grantedBy!: string | null;
}
