import { Injectable } from '@nestjs/common';
import { ProofDue } from '../../identity/proofs/proof-due.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { ChangedFields } from '../../oidc/sites/site-differences.js';
import { SiteEdits } from '../../oidc/sites/site-edits.service.js';
import type { Edited } from '../../oidc/sites/site-edits.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';
import { fieldOf, fieldsOf, wantedOf } from './site-edit.form.js';
import type { SiteEditForm } from './site-edit.form.js';
import { sitePath } from './sections.js';

const ACT = 'site-edit';
const DRAFT = 'site-draft';
const DRAFT_SECONDS = 15 * 60;

type Values = Record<string, string>;

/** What somebody else changed while a form was filled in, and the form as it goes on from there. */
export interface Rebased {
  values: Values;
  theirs: ChangedFields;
  /** Members that both have changed. */
  clashes: string[];
}

const isSameText = (one: string | undefined, other: string | undefined): boolean =>
  (one ?? '').replace(/\r\n?/g, '\n').trim() === (other ?? '').replace(/\r\n?/g, '\n').trim();

const shows = (values: Values, fields: Values): boolean =>
  Object.entries(fields).every(([name, value]) => isSameText(values[name], value));

/** Editing a site's registration: proved before, by its version, and nothing that was typed is lost on the way. */
@Injectable()
export class SiteEditing {
  constructor(
    private readonly edits: SiteEdits,
    private readonly proofs: Proofs,
    private readonly drafts: Records,
  ) {}

  /** Before the form is shown. @returns what was typed before a proof was asked for, if that is so @throws {ProofDue} */
  async open(who: SignedIn, { site }: SiteRecord): Promise<Values | undefined> {
    await this.proofs.require(who, ACT, pageOf(site.id));
    return this.drafts.get<Values>(DRAFT, placeOf(who, site.id));
  }

  /** Keeps what was typed while the proof page asks. @throws {ProofDue} @throws {Refusal} proof.closed */
  async prove(who: SignedIn, { site }: SiteRecord, values: Values): Promise<void> {
    try {
      await this.proofs.require(who, ACT, pageOf(site.id));
    } catch (due) {
      if (due instanceof ProofDue) await this.drafts.put(DRAFT, placeOf(who, site.id), values, DRAFT_SECONDS);
      throw due;
    }
  }

  /** What a form asks for is judged before its proof is used up. @throws {ProofDue} @throws {Refusal} as `SiteEdits.edit` */
  async save(
    who: SignedIn,
    { role, accountId: actor }: Operator,
    { site, metadata }: SiteRecord,
    form: SiteEditForm,
  ): Promise<Edited> {
    const editor = { actor, isOperator: role === 'operator' };
    const wanted = wantedOf(form, metadata);
    try {
      await this.edits.check(site.id, form.version, wanted, editor);
      await this.proofs.use(who, ACT, pageOf(site.id));
      const edited = await this.edits.edit(site.id, form.version, wanted, editor);
      await this.drafts.drop(DRAFT, placeOf(who, site.id));
      return edited;
    } catch (refusal) {
      throw refusal instanceof Refusal ? atFields(refusal) : refusal;
    }
  }

  /** The form after somebody else was first: theirs wherever this person had changed nothing, else what was typed. */
  async rebased(clientId: string, typed: Values): Promise<Rebased> {
    const theirs = await this.edits.since(clientId, Number(typed['version']) || 0);
    const values = { ...typed };
    const clashes: string[] = [];
    for (const [member, { from, to }] of Object.entries(theirs)) {
      const mine = shows(typed, fieldsOf(member, from));
      if (mine) Object.assign(values, fieldsOf(member, to));
      if (!mine && !shows(typed, fieldsOf(member, to))) clashes.push(member);
    }
    return { values, theirs, clashes };
  }
}

const pageOf = (clientId: string): string => `${sitePath(clientId)}/edit`;
const placeOf = ({ uid, accountId }: SignedIn, clientId: string): string => `${uid}|${accountId}|${clientId}`;

/** Refusals of members, at the fields of the form. */
const atFields = (refusal: Refusal): Refusal =>
  Refusal.all(refusal.list.map((one) => (one.field === undefined ? one : one.at(fieldOf(one.field)))));
