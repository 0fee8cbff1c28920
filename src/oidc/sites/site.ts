import type { Text } from '../../config/jurisdiction.js';
import type { AccountKind, Level } from '../../shared/account.js';

/** A secret that was rotated away: its SHA-256, when that was, and until when it still counts (ISO 8601). */
export interface RetiredSecret {
  hash: string;
  until: string;
  /** Not kept of earlier releases' rotations. */
  at?: string;
}

/** A relying party as our own code knows it. What the engine needs of it is `engine`, standard client metadata only. */
export interface Site {
  id: string;
  name: Text;
  uri?: string;
  initiateLoginUri?: string;
  /** Scopes it may ask for; `openid` is always among them. */
  scopes: readonly string[];
  requiredLevel?: Level;
  accountKinds: readonly AccountKind[];
  /** Of the government app: where it opens the ticket of a login, which is added as the last part of the path. */
  appLink?: string;
  requirePkce: boolean;
  /** `false` for a site whose duty needs no permission (PIPL art. 13, 35). */
  permissionRequired: boolean;
  dataPurpose?: Text;
  rotateRefreshToken: boolean;
  subjectType: 'public' | 'pairwise';
  /** The host that pairwise subjects are made for. */
  sector: string;
  postLogoutRedirectUris: readonly string[];
  redirectUris: readonly string[];
  backchannelLogoutUri?: string;
  /** Keeps to the FAPI 2.0 security profile: pushed requests, a signed assertion for the issuer alone. */
  fapi: boolean;
  /** What was given to it before counts no more, in `Clock` milliseconds: set when it comes back. */
  validFrom?: number;
  retiredSecrets?: readonly RetiredSecret[];
  engine: Record<string, unknown>;
}

/** Where an expired journey can begin again: the site's own login start, else its front page. */
export const startAgainAt = (site: Site): string | undefined => site.initiateLoginUri ?? site.uri;
