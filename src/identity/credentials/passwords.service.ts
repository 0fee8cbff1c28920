import { Algorithm, hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import type { AccountKind } from '../../shared/account.js';
import { Clock } from '../../shared/clock.js';
import { SecretText } from '../../shared/secret-text.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { HashQueue } from './hash-queue.js';
import { PasswordDueEntity } from './password-due.entity.js';
import { PasswordEntity } from './password.entity.js';
import type { Password } from './password.js';

/** argon2id at OWASP's parameters; the PHC string carries them. */
const PARAMETERS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MEANING = 'password.hash';
const LONGEST_BYTES = 1024;
const HASH = `
  select p.hash from passwords p join accounts a on a.id = p.account_id 
  where p.account_id = $1 and a.state = 'active' and ($2::text is null or a.kind = $2)`;
/** Looked up when there is no account, so that the database is asked as often. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Passwords: hashed in a bounded queue, kept sealed, compared in the same time whether or not there is an account. */
@Injectable()
export class Passwords {
  private readonly queue = new HashQueue();
  /** What is verified when there is nothing to compare with: same parameters, same time. */
  private readonly nobody = hash('nobody has this password', PARAMETERS);

  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /** @throws {Unavailable} when too many are waiting */
  async hash(password: Password): Promise<SecretText> {
    return SecretText.of(await this.queue.run(async () => hash(password.reveal(), PARAMETERS)));
  }

  async set(tx: Tx, accountId: string, phc: SecretText): Promise<void> {
    const sealed = await this.cipher.seal(tx, accountId, MEANING, phc.reveal());
    await tx.query(
      `insert into passwords (account_id, hash, changed_at) values ($1, $2, $3)
       on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`,
      [accountId, sealed, this.clock.now()],
    );
    await tx.delete(PasswordDueEntity, { accountId });
    await this.activity.record(tx, { account: accountId, kind: 'password-set' });
  }

  /** When it was last set, and since when a new one is due. */
  async times(accountId: string): Promise<{ changedAt?: Date; dueSince?: Date }> {
    const [set, due] = await Promise.all([
      this.db.manager.findOneBy(PasswordEntity, { accountId }),
      this.db.manager.findOneBy(PasswordDueEntity, { accountId }),
    ]);
    return { changedAt: set?.changedAt, dueSince: due?.since };
  }

  async remove(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(PasswordEntity, { accountId });
    await tx.delete(PasswordDueEntity, { accountId });
  }

  /** Takes the password away: until a new one is set, a login by the number alone is not enough (`isDue`). */
  async discard(tx: Tx, accountId: string): Promise<void> {
    await this.remove(tx, accountId);
    await tx.insert(PasswordDueEntity, { accountId, since: this.clock.now() });
  }

  /** Whether the password was taken away and a new one comes before the next login. */
  async isDue(accountId: string): Promise<boolean> {
    return this.db.manager.existsBy(PasswordDueEntity, { accountId });
  }

  /** Whether the account ever set one: an Alipay-made account has none. */
  async has(accountId: string): Promise<boolean> {
    const [row] = await this.db.query('select 1 from passwords where account_id = $1', [accountId]);
    return row !== undefined;
  }

  /**
   * Whether this is the account's password. Always one hash: for no account, none that is active or of
   * this kind, and none with a password too.
   * @param first is asked when the turn has come, and may refuse: of many tries at once the later ones then meet the
   * limits that the earlier ones have reached
   * @throws {Unavailable} when too many are waiting
   */
  async check(
    accountId: string | undefined,
    typed: string,
    first: () => Promise<void> = async () => undefined,
    kind?: AccountKind,
  ): Promise<boolean> {
    return this.matches(await this.phcOf(accountId ?? NOBODY, kind), typed, first);
  }

  /**
   * Whether this is the password of a hash that is no account's yet. Always one hash, for none too.
   * @param first as of `check`
   * @throws {Unavailable} when too many are waiting
   */
  async matches(
    phc: string | undefined,
    typed: string,
    first: () => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    const text = Buffer.byteLength(typed) > LONGEST_BYTES ? '' : typed.normalize('NFKC');
    return this.queue.run(async () => {
      await first();
      return (await verify(phc ?? (await this.nobody), text)) && phc !== undefined;
    });
  }

  private async phcOf(accountId: string, kind?: AccountKind): Promise<string | undefined> {
    const [[row]] = await Promise.all([
      this.db.query<{ hash: Buffer }>(HASH, [accountId, kind ?? null]),
      this.cipher.warm(accountId),
    ]);
    return row && this.cipher.open(accountId, MEANING, row.hash);
  }
}
