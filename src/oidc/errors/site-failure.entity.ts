import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Cause } from './causes.js';
import type { Endpoint } from './endpoints.js';

/** Equal failures of a site on one China day, with the values of the latest. Holds no personal data and no secret: see `redact.ts`. */
@Entity('site_failures')
@Index('site_failures_of_site', ['clientId', 'lastAt'])
@Index('site_failures_by_id', ['errorId'])
@Index('site_failures_by_age', ['lastAt'])
export class SiteFailureEntity {
  /** SHA-256, half of it, of what makes failures equal. */
  @PrimaryColumn({ type: 'text' })
  key!: string;

  /** What the developer saw: the first eight characters of `key`. */
  @Column({ name: 'error_id', type: 'text' })
  errorId!: string;

  /** Empty where no registered site was named. */
  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ type: 'text' })
  endpoint!: Endpoint;

  /** The OAuth name, `invalid_grant`. */
  @Column({ type: 'text' })
  error!: string;

  @Column({ type: 'text' })
  cause!: Cause;

  @Column({ type: 'text', nullable: true })
  parameter!: string | null;

  /** What was registered at the latest one, a line each. */
  @Column({ type: 'text', nullable: true })
  expected!: string | null;

  @Column({ type: 'text', nullable: true })
  received!: string | null;

  /** Of a value that is not kept, in characters; neither this nor `received` means that nothing came. */
  @Column({ name: 'received_length', type: 'integer', nullable: true })
  receivedLength!: number | null;

  /** More different values came on that day than are kept: these are counted here together, the latest is shown. */
  @Column({ type: 'boolean' })
  various!: boolean;

  @Column({ type: 'integer' })
  count!: number;

  @Column({ name: 'first_at', type: 'timestamptz' })
  firstAt!: Date;

  @Column({ name: 'last_at', type: 'timestamptz' })
  lastAt!: Date;
}
