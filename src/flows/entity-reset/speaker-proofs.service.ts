import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import type { PersonClaim } from '../../identity/accounts/entity-checks.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import { Refusal } from '../../shared/refusal.js';
import { EntityResetProgress } from './entity-reset-progress.service.js';
import { Speakers } from './speakers.service.js';

/** Who speaks for the entity shows who they are, and that they still do. */
@Injectable()
export class SpeakerProofs {
  constructor(
    private readonly entities: Entities,
    private readonly speakers: Speakers,
    private readonly checks: ProofChecks,
    private readonly standing: EntityStanding,
    private readonly progress: EntityResetProgress,
  ) {}

  /**
   * Name and full ID number, and only then the register: what it says is told to nobody else.
   * @throws {Refusal} proof.speaker-wrong, .identity-closed, limit.wait, representative.closed, entity.*, register.unavailable
   */
  async prove(cid: string, accountId: string, claim: PersonClaim, address: string): Promise<void> {
    const entity = await this.entities.find(accountId);
    if (!entity) throw new Refusal('account.ended', { status: 403 });
    await this.checks.speaker(accountId, claim, this.speakers.peopleOf(entity), address);
    await this.speakers.refuseClosed(entity);
    const isRepresentative = claim.idNumber.reveal() === entity.representative.idNumber.reveal();
    await this.standing.require(accountId, isRepresentative ? 'reset' : 'reset-without-representative', address);
    await this.progress.personProved(cid, accountId);
  }
}
