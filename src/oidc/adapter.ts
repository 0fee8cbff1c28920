import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors, Provider } from 'oidc-provider';
import type { Clock } from '../shared/clock.js';
import type { ServiceCipher } from '../storage/service-cipher.js';
import type { ShortLived } from '../storage/short-lived.js';
import { storeKey } from '../storage/short-lived.js';
import type { SessionStore } from './session-store.js';
import { accountGrants, grantKey, hashed, validFromKey } from './store-keys.js';
import { askForLogin, askedAhead } from './asked-ahead.js';
import { beganAt, notesNow } from './notes.js';
import type { Sites } from './sites/sites.service.js';

type Consumable = 'AuthorizationCode' | 'RefreshToken' | 'PushedAuthorizationRequest';

const KEPT_WITH_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);
/** These may hold a `login_hint`, that is a phone number: sealed like a field. */
const SEALED = new Set(['Interaction', 'PushedAuthorizationRequest']);
const REUSED: Record<Consumable, () => Error> = {
  AuthorizationCode: () => new errors.InvalidGrant('authorization code already consumed'),
  RefreshToken: () => new errors.InvalidGrant('refresh token already used'),
  PushedAuthorizationRequest: () => new errors.InvalidRequestUri('request_uri was already used'),
};
const isConsumable = (model: string): model is Consumable => model in REUSED;
/** A pushed request is looked for again when the journey that it began is over, to be struck off. */
const KEPT_LONGER: Partial<Record<string, number>> = { PushedAuthorizationRequest: 3600 };
/** The engine forgives clocks 15 s; a record must outlive that. */
const SLACK_SECONDS = 30;
const GRANT_INDEX_SECONDS = 30 * 24 * 3600;
/** An assertion may name any time as its end; a store takes no such number. */
const LONGEST_SECONDS = 10 * 365 * 24 * 3600;

interface Stored extends AdapterPayload {
  /** When it was written, and until when it counts, in `Clock` milliseconds. */
  stamp?: number;
  until?: number;
}

export interface AdapterParts {
  sessions: SessionStore;
  sites: Sites;
  store: ShortLived;
  clock: Clock;
  cipher: ServiceCipher;
}

const grantTokens = (grantId: string) => storeKey('grant-tokens', grantId);
/** The key of a member of that set. */
const tokenKey = (member: string) =>
  storeKey(member.slice(0, member.indexOf(':')), member.slice(member.indexOf(':') + 1));

interface SignedInAt {
  accountId?: string;
  stamp: number;
}

/** Whose sign-in a record stands for, and how old it is; a journey stands for one between its page and the engine. */
function signInOf(model: string, payload: AdapterPayload, written = 0): SignedInAt {
  const login = (payload['result'] as { login?: SignedInAt } | undefined)?.login;
  if (model === 'Interaction' && login) return login;
  return KEPT_WITH_GRANT.has(model) ? { accountId: payload.accountId, stamp: written } : { stamp: written };
}

/**
 * Protocol records in the short-lived store: codes, tokens, grants, interactions. A token's key is the SHA-256 of its
 * value and the value is not in the record. Single use is `once` on a key of its own that revocation never deletes:
 * the engine finds, then consumes, and five parallel redemptions of one code used to give two token sets.
 */
export class RecordAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly parts: AdapterParts,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { store, clock } = this.parts;
    if (this.model === 'ReplayDetection') return this.refuseReplay(id, expiresIn);
    const { jti: _value, ...rest } = payload;
    const record: Stored = { ...rest, stamp: beganAt(clock), until: clock.ms() + expiresIn * 1000 };
    const kept = expiresIn + SLACK_SECONDS + (KEPT_LONGER[this.model] ?? 0);
    const indexed = this.index(id, payload);
    // A token is of no use without its grant, which every revocation deletes too: it goes in one round trip with its index.
    if (!KEPT_WITH_GRANT.has(this.model)) await indexed;
    await Promise.all([indexed, store.set(this.key(id), this.seal(id, record), kept)]);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { store, clock } = this.parts;
    beganAt(clock);
    const [text, consumed] = await Promise.all([
      askedAhead<string | undefined>(this.key(id)) ?? store.get(this.key(id)),
      isConsumable(this.model) ? store.get(this.consumedKey(id)) : undefined,
    ]);
    if (text === undefined) return undefined;
    const { stamp, until, ...payload } = this.open(id, text);
    if (this.model === 'Interaction' && until !== undefined && until < clock.ms()) return undefined;
    if (this.isFromBefore(payload, stamp)) return undefined;
    const valid = this.stillValid(signInOf(this.model, payload, stamp));
    if (KEPT_WITH_GRANT.has(this.model)) askForLogin(this.parts, payload);
    if (!(await valid)) return undefined;
    this.note(payload, stamp);
    return { ...payload, jti: id, ...(consumed === undefined ? {} : { consumed: Number(consumed) }) };
  }

  async consume(id: string): Promise<void> {
    if (!isConsumable(this.model)) return;
    const seconds = Math.floor(this.parts.clock.ms() / 1000);
    const first = await this.parts.store.once(this.consumedKey(id), GRANT_INDEX_SECONDS, String(seconds));
    if (!first) throw REUSED[this.model]();
  }

  async destroy(id: string): Promise<void> {
    await this.parts.store.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const { store } = this.parts;
    const mine = (await store.members(grantTokens(grantId))).filter((member) => member.startsWith(`${this.model}:`));
    await Promise.all(mine.map((member) => store.delete(storeKey(this.model, member.slice(this.model.length + 1)))));
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  private key(id: string): string {
    return storeKey(this.model, hashed(id));
  }

  private consumedKey(id: string): string {
    return storeKey('consumed', `${this.model}-${hashed(id)}`);
  }

  /** Sent before the record itself, so that a revocation that runs meanwhile finds it. */
  private async index(id: string, payload: AdapterPayload): Promise<void> {
    const { store } = this.parts;
    if (KEPT_WITH_GRANT.has(this.model) && payload.grantId) {
      await store.addMember(grantTokens(payload.grantId), `${this.model}:${hashed(id)}`, GRANT_INDEX_SECONDS);
    }
    if (this.model === 'Grant' && payload.accountId) {
      await store.addMember(accountGrants(payload.accountId), `${payload.clientId}|${id}`, GRANT_INDEX_SECONDS);
    }
  }

  private async refuseReplay(id: string, expiresIn: number): Promise<void> {
    const seconds = Math.min(Math.max(expiresIn, 1) + SLACK_SECONDS, LONGEST_SECONDS);
    const first = await this.parts.store.once(this.key(id), seconds);
    if (!first) throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
  }

  /** Given to a site that has been taken off the list since, and come back. */
  private isFromBefore({ clientId }: AdapterPayload, stamp = 0): boolean {
    const site = clientId === undefined ? undefined : this.parts.sites.get(clientId);
    return stamp < (site?.validFrom ?? 0);
  }

  /** Judged without a look at PostgreSQL: what ends an account's sessions leaves its time here. */
  private async stillValid({ accountId, stamp }: SignedInAt): Promise<boolean> {
    if (accountId === undefined) return true;
    const validFrom = await this.parts.store.get(validFromKey(accountId));
    return validFrom === undefined || stamp >= Number(validFrom);
  }

  private note(payload: AdapterPayload, stamp: number | undefined): void {
    if (!Provider.ctx) return;
    const notes = notesNow();
    if (stamp !== undefined) notes.stamps.set(this.model, stamp);
    if (KEPT_WITH_GRANT.has(this.model) && payload.clientId) notes.tokenSite = payload.clientId;
  }

  private seal(id: string, record: Stored): string {
    const text = JSON.stringify(record);
    if (!SEALED.has(this.model)) return text;
    return this.parts.cipher.seal(`oidc.${this.model}`, hashed(id), text).toString('base64');
  }

  private open(id: string, text: string): Stored {
    if (!SEALED.has(this.model)) return JSON.parse(text) as Stored;
    const plain = this.parts.cipher.open(`oidc.${this.model}`, hashed(id), Buffer.from(text, 'base64'));
    return JSON.parse(plain) as Stored;
  }
}

/** Grants of an account as `[site, grant id]`. */
export async function grantsOf(store: ShortLived, accountId: string): Promise<[site: string, grantId: string][]> {
  const members = await store.members(accountGrants(accountId));
  return members.map((member) => {
    const at = member.lastIndexOf('|');
    return [member.slice(0, at), member.slice(at + 1)];
  });
}

/** When a grant was written, in `Clock` milliseconds; 0 for one that is gone. */
export async function grantStamp(store: ShortLived, grantId: string): Promise<number> {
  const text = await store.get(grantKey(grantId));
  return (text === undefined ? undefined : (JSON.parse(text) as Stored).stamp) ?? 0;
}

/** How the logins were proved that a grant's refresh tokens came of. */
export async function grantMeans(store: ShortLived, grantId: string): Promise<string[]> {
  const members = (await store.members(grantTokens(grantId))).filter((member) => member.startsWith('RefreshToken:'));
  const texts = await Promise.all(members.map(async (member) => store.get(tokenKey(member))));
  return texts.flatMap((text) => (text === undefined ? [] : ((JSON.parse(text) as { amr?: string[] }).amr ?? [])));
}

/** Ends a grant and every token made from it. */
export async function endGrant(store: ShortLived, accountId: string, site: string, grantId: string): Promise<void> {
  await store.delete(grantKey(grantId));
  const tokens = await store.members(grantTokens(grantId));
  await Promise.all(tokens.map(async (member) => store.delete(tokenKey(member))));
  await store.delete(grantTokens(grantId));
  await store.removeMember(accountGrants(accountId), `${site}|${grantId}`);
}
