import { Injectable } from '@nestjs/common';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import { Representatives } from '../../identity/accounts/representatives.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Clock } from '../../shared/clock.js';
import { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import type { NewContact } from './new-contacts.service.js';
import type { WordForm } from './representative.form.js';
import { Words } from './words.service.js';
import type { Origin, Word } from './words.service.js';

/** Both fields are judged, each refused at its own. */
function claimed({ representativeName = '', representativeIdNumber = '' }: WordForm, now: Date) {
  const refusals: Refusal[] = [];
  const read = <T>(field: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      refusals.push(refusal.at(field));
      return undefined;
    }
  };
  const name = read('representativeName', () => PersonName.parse(representativeName));
  const idNumber = read('representativeIdNumber', () => ResidentId.parse(representativeIdNumber, now));
  if (!name || !idNumber) throw Refusal.all(refusals);
  return { name, idNumber };
}

/**
 * The representative's word for a new contact number: a code to their own account's number; without an account, who they
 * are, and a code to the number from before (DESIGN 6).
 */
@Injectable()
export class ContactWords {
  constructor(
    private readonly representatives: Representatives,
    private readonly standing: EntityStanding,
    private readonly checks: ProofChecks,
    private readonly words: Words,
    private readonly clock: Clock,
  ) {}

  /** @throws {Refusal} representative.away, .closed */
  async of({ representativeAccount, phone: before, name }: EntityData, { phone: about }: NewContact): Promise<Word> {
    const phone = representativeAccount ? await this.representatives.phoneOf(representativeAccount) : before;
    if (!phone) throw new Refusal('representative.away');
    const hidden = representativeAccount !== undefined;
    return { kind: 'contact', about, phone, hidden, entityName: name.reveal() };
  }

  /** Nobody's word counts whom the register names no more. @throws {Refusal} entity.*, register.unavailable, limit.wait */
  async require({ accountId }: SignedIn, address: string): Promise<void> {
    await this.standing.require(accountId, 'contact', address);
  }

  /** By the entity's certificate it is nobody's word. @throws {Refusal} entity.not-found, register.unavailable, limit.wait */
  async requireNobody({ accountId }: SignedIn, address: string): Promise<void> {
    await this.standing.require(accountId, 'contact-by-certificate', address);
  }

  /** Name and full ID number of the representative. @throws {Refusal} name.*, id-number.*, proof.speaker-wrong, .identity-closed */
  async person({ accountId }: SignedIn, entity: EntityData, form: WordForm, address: string): Promise<void> {
    const claim = claimed(form, this.clock.now());
    await this.checks.speaker(accountId, claim, [entity.representative], address).catch((refusal: unknown) => {
      throw refusal instanceof Refusal ? refusal.at('representativeIdNumber') : refusal;
    });
  }

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} sms.*, sms-code.* */
  async take(who: SignedIn, word: Word, form: WordForm, origin: Origin): Promise<'sent' | 'proved'> {
    return this.words.take(who, word, form, origin);
  }

  /** It counts for one change. */
  async used(who: SignedIn, word: Word): Promise<void> {
    await this.words.used(who, word);
  }
}
