import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SigningAlgorithm = 'RS256' | 'ES256';
export type KeyState = 'next' | 'current' | 'retired';

/** A key that ID tokens are signed with; the private part is sealed under the service key. */
@Entity('signing_keys')
export class SigningKeyEntity {
  @PrimaryColumn({ type: 'text' })
  kid!: string;

  @Column({ type: 'text' })
  alg!: SigningAlgorithm;

  @Column({ type: 'text' })
  state!: KeyState;

  @Column({ name: 'private_key', type: 'bytea' })
  privateKey!: Buffer;

  @Column({ name: 'public_jwk', type: 'jsonb' })
  publicJwk!: Record<string, unknown>;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  retiredAt!: Date | null;
}
