import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Entities } from '../identity/accounts/entities.service.js';
import type { EntityData } from '../identity/accounts/entities.service.js';
import { Persons } from '../identity/accounts/persons.service.js';
import { Activity } from '../identity/activity/activity.service.js';
import type { Standing } from '../identity/accounts/standing.js';
import type { Level } from '../shared/account.js';
import { ShortLived, storeKey } from '../storage/short-lived.js';
import { uuidv7From } from '../storage/uuid.js';
import { stands } from './account.js';
import { acr } from './levels.js';
import { notesOf } from './notes.js';
import { claimsOfScopes, personalOf, releasable } from './scopes.js';
import type { PersonalClaim } from './scopes.js';
import { hashed } from './store-keys.js';
import { Sites } from './sites/sites.service.js';

type Claims = Record<string, string | number | boolean>;

const WRITTEN_SECONDS = 3600;

const ended = () => new errors.InvalidToken('the account or the site has been closed');

/** What the register publishes of an entity anyway; it leaves with permission all the same, and is written down. Whom it names no more is left out. */
const claimsOfEntity = (entity: EntityData, level: Level): Claims => ({
  name: entity.name.masked(),
  entity_name: entity.name.reveal(),
  credit_code: entity.creditCode.reveal(),
  entity_type: entity.type,
  ...(entity.representativeLeft ? {} : { representative_name: entity.representative.name.reveal() }),
  entity_level: acr(level),
  updated_at: Math.floor(entity.updatedAt.getTime() / 1000),
});

/** What leaves for a site at userinfo: judged again at every release, and written down. */
@Injectable()
export class Releases {
  constructor(
    private readonly accounts: Accounts,
    private readonly persons: Persons,
    private readonly entities: Entities,
    private readonly sites: Sites,
    private readonly activity: Activity,
    private readonly store: ShortLived,
  ) {}

  /** @param requested claim names asked for one by one; the engine has narrowed them to the grant. */
  async userinfo(ctx: KoaContextWithOIDC, accountId: string, scope: string, requested: string[]): Promise<Claims> {
    const token = ctx.oidc.accessToken;
    const wanted = new Set([...claimsOfScopes(scope.split(' ')), ...requested]);
    // That the account's sessions have not been ended is known by now, without PostgreSQL.
    if (wanted.size === 0) return {};
    const site = this.sites.get(token?.clientId ?? '');
    const standing = await this.accounts.standing(accountId, token?.clientId);
    const stamp = notesOf(ctx).stamps.get('AccessToken') ?? 0;
    if (!site || !stands(standing, stamp, [])) throw ended();
    const allowed = releasable(site, standing.permittedScopes, standing);
    const names = claimsOfScopes(allowed).filter((name) => wanted.has(name));
    if (names.length === 0) return {};
    const all = await this.claimsOf(accountId, standing);
    const claims = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
    const personal = personalOf(Object.keys(claims));
    if (personal.length > 0) await this.writeDown({ jti: token?.jti ?? '', stamp }, accountId, site.id, personal);
    return claims;
  }

  /** A claim without a value is left out: no empty strings, no "null". */
  private async claimsOf(accountId: string, { kind, level: held }: Standing): Promise<Claims> {
    const entity = kind === 'entity' ? await this.entities.find(accountId) : undefined;
    if (entity) return claimsOfEntity(entity, held);
    const person = await this.persons.find(accountId);
    if (!person) return {};
    const { phone, name, idNumber, minor, verifiedAt, verifiedBy, level, updatedAt } = person;
    return {
      ...(name ? { name: name.masked(), real_name: name.reveal() } : {}),
      ...(idNumber ? { id_number: idNumber.reveal() } : {}),
      ...(minor === undefined ? {} : { minor }),
      ...(phone ? { phone_number: phone.reveal(), phone_number_verified: true } : {}),
      ...(verifiedAt ? { verified_at: Math.floor(verifiedAt.getTime() / 1000), level: acr(level) } : {}),
      ...(verifiedBy ? { verified_by: verifiedBy } : {}),
      updated_at: Math.floor(updatedAt.getTime() / 1000),
    };
  }

  /**
   * One row an access token, however often the site asks with it, and never none: the row has the token's own id and is
   * there, with the names of all that leaves, before anything does. The store only spares writing it again.
   */
  private async writeDown(
    { jti: token, stamp: issuedAt }: { jti: string; stamp: number },
    account: string,
    site: string,
    claims: PersonalClaim[],
  ): Promise<void> {
    const key = storeKey('released', hashed(token));
    const written = new Set((await this.store.get(key))?.split(' '));
    if (claims.every((claim) => written.has(claim))) return;
    await this.activity.release({ id: uuidv7From(issuedAt, hashed(token)), account, site, claims });
    await this.store.set(key, [...written, ...claims].join(' '), WRITTEN_SECONDS);
  }
}
