import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider';
import type { Amr } from '../shared/account.js';
import type { Clock } from '../shared/clock.js';
import { beganAt } from './notes.js';
import { APP_SCOPE } from './scopes.js';

/** What the app's access token says of itself, beside what the engine keeps. */
export interface AppClaims {
  /** When the app's login was, in `Clock` seconds. */
  auth_time: number;
  amr: Amr[];
  /** When the token was made, in `Clock` milliseconds: what the account's `validFrom` is compared with. */
  stamp: number;
}

interface Source {
  authTime?: number;
  amr?: Amr[];
}

/** Makes the engine's `extraTokenClaims`: only a token of the app has any. */
export const appClaimsWith =
  ({ clock }: { clock: Clock }) =>
  (
    ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
  ): (AppClaims & Record<string, unknown>) | undefined => {
    if (token.kind !== 'AccessToken' || !token.scopes.has(APP_SCOPE)) return undefined;
    const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
    const { authTime = 0, amr = [] } = (code ?? refresh ?? {}) as Source;
    return { auth_time: authTime, amr, stamp: beganAt(clock) };
  };
