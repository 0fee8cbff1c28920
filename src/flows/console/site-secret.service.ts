import { Injectable } from '@nestjs/common';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { SiteRecords } from '../../oidc/sites/site-records.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';
import { uuidv7 } from '../../storage/uuid.js';
import { sitePath } from './sections.js';

const ACT = 'site-secret';
const SHOWN = 'site-secret';
/** From the form to the page that shows it. */
const SECONDS = 60;

export interface NewSecret {
  secret: string;
  overlapHours: number;
}

const pageOf = (clientId: string): string => `${sitePath(clientId)}/secret`;
const placeOf = ({ uid, accountId }: SignedIn, clientId: string, id: string): string =>
  `${uid}|${accountId}|${clientId}|${id}`;

/** A new secret for a site: made after a fresh proof, shown to this session once. */
@Injectable()
export class SiteSecret {
  constructor(
    private readonly records: SiteRecords,
    private readonly proofs: Proofs,
    private readonly shown: Records,
    private readonly clock: Clock,
  ) {}

  /** Before the form is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn, { site }: SiteRecord): Promise<void> {
    await this.proofs.require(who, ACT, pageOf(site.id));
  }

  /** @returns the id that it is shown by @throws {ProofDue} @throws {Refusal} site.no-secret, proof.closed */
  async rotate(who: SignedIn, { site, hasSecret }: SiteRecord, overlapHours: number): Promise<string> {
    if (!hasSecret) throw new Refusal('site.no-secret');
    await this.proofs.use(who, ACT, pageOf(site.id));
    const secret = await this.records.rotateSecret(site.id, overlapHours, { actor: who.accountId });
    const id = uuidv7(this.clock.ms());
    await this.shown.put(SHOWN, placeOf(who, site.id, id), { secret, overlapHours } satisfies NewSecret, SECONDS);
    return id;
  }

  /** @returns nothing when it has been shown already */
  async take(who: SignedIn, { site }: SiteRecord, id: string): Promise<NewSecret | undefined> {
    return this.shown.take<NewSecret>(SHOWN, placeOf(who, site.id, id));
  }
}
