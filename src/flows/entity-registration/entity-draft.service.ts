import { Injectable } from '@nestjs/common';
import { SecretText } from '../../shared/secret-text.js';
import { Records } from '../../storage/records.js';
import { DETAILS } from './entity-details.form.js';
import { checkedOf, keptOf } from './kept-entity.js';
import type { CheckedEntity, KeptEntity } from './kept-entity.js';

interface Kept {
  details?: Record<string, string>;
  account?: Record<string, string>;
  checked?: KeptEntity;
  passwordHash?: string;
  request?: string;
}

/** What an entity's registration has so far. */
export interface Draft {
  /** As they were typed, to be shown again. */
  details: Record<string, string>;
  account: Record<string, string>;
  checked?: CheckedEntity;
  passwordHash?: SecretText;
  /** The request that waits for the representative's word: made in this journey, or found again by its password. */
  request?: string;
}

const KIND = 'entity-registration';
const LIFE_SECONDS = 20 * 60;
const ACCOUNT = ['userName', 'phone', 'agreement', 'agreementVersion'] as const;

const only = (values: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** A half-done registration, kept by the journey's `cid`: a reload, a refusal or a detour loses nothing. */
@Injectable()
export class EntityDrafts {
  constructor(private readonly records: Records) {}

  async of(cid: string): Promise<Draft> {
    const { details = {}, account = {}, checked, passwordHash, request } = await this.kept(cid);
    return {
      details,
      account,
      checked: checked && checkedOf(checked),
      passwordHash: passwordHash === undefined ? undefined : SecretText.of(passwordHash),
      request,
    };
  }

  /** The first page as it was typed. What was confirmed before counts no more: it may be about another entity. */
  async keepDetails(cid: string, values: Record<string, string>): Promise<void> {
    const { checked: _before, ...rest } = await this.kept(cid);
    await this.save(cid, { ...rest, details: only(values, DETAILS) });
  }

  async keepChecked(cid: string, entity: CheckedEntity): Promise<void> {
    await this.save(cid, { ...(await this.kept(cid)), checked: keptOf(entity) });
  }

  /** The second page as it was typed, its password aside. */
  async keepAccount(cid: string, values: Record<string, string>): Promise<void> {
    await this.save(cid, { ...(await this.kept(cid)), account: only(values, ACCOUNT) });
  }

  /** Hashed at once: a password is never kept as it was typed. */
  async keepPassword(cid: string, hash: SecretText): Promise<void> {
    await this.save(cid, { ...(await this.kept(cid)), passwordHash: hash.reveal() });
  }

  /** @param request `undefined` when there is none any more */
  async keepRequest(cid: string, request: string | undefined): Promise<void> {
    await this.save(cid, { ...(await this.kept(cid)), request });
  }

  async drop(cid: string): Promise<void> {
    await this.records.drop(KIND, cid);
  }

  private async kept(cid: string): Promise<Kept> {
    return (await this.records.get<Kept>(KIND, cid)) ?? {};
  }

  private async save(cid: string, kept: Kept): Promise<void> {
    await this.records.put(KIND, cid, kept, LIFE_SECONDS);
  }
}
