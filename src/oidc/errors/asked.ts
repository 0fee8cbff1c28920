import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { notesOf } from '../notes.js';
import type { Endpoint } from './endpoints.js';
import type { Site } from '../sites/site.js';
import type { Sites } from '../sites/sites.service.js';

/** A protocol error as the engine throws it. */
export interface ProtocolError extends Error {
  error: string;
  expose?: boolean;
  error_description?: string;
  error_detail?: string;
  scope?: string;
}

/** What a failed request said, nothing of it believed. */
export interface Asked {
  endpoint: Endpoint;
  params: Record<string, unknown>;
  header: (name: string) => string;
  /** The registered site that it names; one that is disabled too. */
  site?: Site;
  /** The code or token was given to another site. */
  foreign: boolean;
  /** No key of its `jwks_uri` is known: after a failed fetch the engine asks again a minute later. */
  keyless: boolean;
  issuer: string;
  /** Of a client assertion, unverified. */
  assertion: { header: Record<string, unknown>; payload: Record<string, unknown> };
  error: ProtocolError;
}

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** The user name of a Basic header, form-encoded as OAuth has it (RFC 6749 2.3.1). */
export function basicUser(header: string): string | undefined {
  const [, encoded] = /^basic ([A-Za-z0-9+/=]+)$/i.exec(header) ?? [];
  if (encoded === undefined) return undefined;
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 1);
  return attempt(() => decodeURIComponent(user.replace(/\+/g, '%20')));
}

function assertionOf(value: unknown): Asked['assertion'] {
  if (typeof value !== 'string') return { header: {}, payload: {} };
  return {
    header: (attempt(() => decodeProtectedHeader(value)) ?? {}) as Record<string, unknown>,
    payload: (attempt(() => decodeJwt(value)) ?? {}) as Record<string, unknown>,
  };
}

/** As the engine has it: its types leave the keys out. */
interface KeyedClient {
  jwksUri?: string;
  asymmetricKeyStore: Iterable<unknown>;
}

const isKeyless = (client?: object): boolean => {
  const { jwksUri, asymmetricKeyStore } = (client ?? {}) as Partial<KeyedClient>;
  return jwksUri !== undefined && [...(asymmetricKeyStore ?? [])].length === 0;
};

/** The engine takes back what it has refused: then what the address says counts. */
const known = (params: object = {}) =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));

/** What this request asked for, and which site it concerns: that of its token, or the one it names. */
export function askedOf(ctx: KoaContextWithOIDC, endpoint: Endpoint, error: ProtocolError, sites: Sites): Asked {
  const params = { ...ctx.query, ...known(ctx.oidc.params) };
  const assertion = assertionOf(params['client_assertion']);
  const client = ctx.oidc.client?.clientId;
  const { tokenSite } = notesOf(ctx);
  const named = [client, tokenSite, params['client_id'], basicUser(ctx.get('authorization')), assertion.payload['sub']];
  const site = named.map((id) => (typeof id === 'string' ? sites.remembered(id) : undefined)).find(Boolean);
  const { issuer } = ctx.oidc.provider;
  const foreign = client !== undefined && tokenSite !== undefined && client !== tokenSite;
  const keyless = isKeyless(ctx.oidc.client);
  return { endpoint, params, header: (name) => ctx.get(name), site, foreign, keyless, issuer, assertion, error };
}
