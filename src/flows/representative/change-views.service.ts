import { Injectable } from '@nestjs/common';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import type { NextRepresentative } from '../../identity/entity-requests/entity-people.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { CarryingOut } from './carrying-out.service.js';
import { ChangeRequests } from './change-requests.service.js';
import { ContactChange } from './contact-change.service.js';
import type { NewContact } from './new-contacts.service.js';
import { RepresentativeChange } from './representative-change.service.js';
import { isOpen } from './word-fields.js';
import { Words } from './words.service.js';
import type { ChangeKind } from './words.service.js';

/** What the pages show of a change that is under way. */
@Injectable()
export class ChangeViews {
  constructor(
    private readonly representative: RepresentativeChange,
    private readonly contact: ContactChange,
    private readonly words: Words,
    private readonly requests: ChangeRequests,
    private readonly carrying: CarryingOut,
    private readonly bindings: CertificateBindings,
  ) {}

  /** Before a change is begun: one that waits comes first. @throws {ProofDue} @throws {Refusal} proof.closed */
  async isWaiting(who: SignedIn, kind: ChangeKind): Promise<boolean> {
    if (isOpen(await this.requests.of(who, kind))) return true;
    await this.carrying.require(who, kind);
    return false;
  }

  /** @returns `undefined` when nobody is to take over */
  async ofRepresentative(
    who: SignedIn,
    address: string,
  ): Promise<{ next: NextRepresentative; stage?: CodeStage; byCertificate: boolean } | undefined> {
    const found = await this.representative.next(who);
    if (!found) return undefined;
    const { next, word } = found;
    const stage = word && (await this.words.stage(who, word, address));
    return { next, stage, byCertificate: await this.hasCertificate(who) };
  }

  async ofNewContact(who: SignedIn, address: string): Promise<CodeStage> {
    return this.contact.stage(who, address);
  }

  /** @returns `undefined` when there is no new number */
  async ofContact(
    who: SignedIn,
    address: string,
  ): Promise<
    { contact: NewContact; stage?: CodeStage; personDue: boolean; theirs: boolean; byCertificate: boolean } | undefined
  > {
    const found = await this.contact.next(who);
    if (!found) return undefined;
    const { contact, word, personDue } = found;
    const stage = word && (await this.words.stage(who, word, address));
    const byCertificate = await this.hasCertificate(who);
    return { contact, stage, personDue, theirs: word?.hidden ?? false, byCertificate };
  }

  private async hasCertificate({ accountId }: SignedIn): Promise<boolean> {
    return (await this.bindings.list(accountId)).length > 0;
  }
}
