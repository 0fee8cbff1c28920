import { Injectable } from '@nestjs/common';
import { Persons } from '../../identity/accounts/persons.service.js';
import { NumberMoves } from '../../identity/number-moves/number-moves.service.js';
import type { NumberMove } from '../../identity/number-moves/number-moves.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { MoveDays } from './move-days.service.js';
import { Moving } from './moving.service.js';

const ACT = 'lost-number';

/** How soon the number changes: at once by what proves a person; name and ID number alone wait, as without a session. */
export type Pace = 'now' | 'later';

/** Number lost, for who is still signed in: the same ways as without a session, and the stop of a move that waits. */
@Injectable()
export class AccountLostNumber {
  constructor(
    private readonly proofs: Proofs,
    private readonly persons: Persons,
    private readonly moves: NumberMoves,
    private readonly moving: Moving,
    private readonly days: MoveDays,
    private readonly db: Database,
  ) {}

  async waiting({ accountId }: SignedIn): Promise<NumberMove | undefined> {
    return this.moves.of(accountId);
  }

  async present({ accountId }: SignedIn): Promise<Phone | undefined> {
    return (await this.persons.find(accountId))?.phone;
  }

  /** Before a page is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async pace(who: SignedIn): Promise<Pace> {
    return (await this.proofs.require(who, ACT)) === 'identity' ? 'later' : 'now';
  }

  /** The new number is proved. @throws {ProofDue} @throws {Refusal} proof.closed, phone.taken-elsewhere, lost-number.resting */
  async act(who: SignedIn, phone: Phone): Promise<Pace> {
    const { accountId, uid: spare } = who;
    const means = await this.proofs.use(who, ACT);
    if (means !== 'identity') {
      await this.moving.move({ accountId, phone, by: 'password', spare });
      return 'now';
    }
    const due = this.days.fromNow();
    const begun = await this.db.transaction(async (tx) => this.moves.begin(tx, { accountId, phone, due }));
    if (!begun) throw new Refusal('lost-number.resting', { field: 'phone' });
    return 'later';
  }

  /** Whoever is signed in may stop it, without a proof. */
  async stop({ accountId }: SignedIn): Promise<void> {
    await this.db.transaction(async (tx) => this.moves.stop(tx, accountId));
  }
}
