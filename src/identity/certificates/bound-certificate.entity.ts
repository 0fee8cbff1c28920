import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A certificate bound to a legal entity's account; what it says is sealed under the account's data key. */
@Entity('bound_certificates')
@Index('bound_certificates_account', ['accountId'])
@Index('bound_certificates_authority', ['authorityId', 'id'])
@Index('bound_certificates_due', ['checkDue'])
export class BoundCertificateEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId!: string;

  /** Of the thumbprint: the same as its row of `identifiers`. */
  @Column({ name: 'blind_index', type: 'bytea' })
  blindIndex!: Buffer;

  @Column({ name: 'authority_id', type: 'text' })
  authorityId!: string;

  /** The certificate and what leads from it to its anchor, base64 of DER by comma: what it is judged by again. */
  @Column({ type: 'bytea' })
  chain!: Buffer;

  @Column({ type: 'text' })
  amr!: 'hwk' | 'swk';

  @Column({ name: 'not_after', type: 'timestamptz' })
  notAfter!: Date;

  @Column({ name: 'bound_at', type: 'timestamptz' })
  boundAt!: Date;

  /** When it was last known not to be revoked, and when that is asked again. */
  @Column({ name: 'checked_at', type: 'timestamptz' })
  checkedAt!: Date;

  @Column({ name: 'check_due', type: 'timestamptz' })
  checkDue!: Date;
}
