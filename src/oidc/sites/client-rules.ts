import { generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import type { Configuration } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { SUPPORTED_LEVELS, acr } from '../levels.js';
import { SCOPES } from '../scopes.js';

interface Jwks {
  keys: JsonWebKey[];
}

/** The part of the engine's configuration that a site's registration is judged by. */
export const CLIENT_RULES = {
  acrValues: SUPPORTED_LEVELS.map(acr),
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
  clientDefaults: {
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: 'RS256',
    token_endpoint_auth_method: 'client_secret_basic',
  },
  enabledJWA: {
    idTokenSigningAlgValues: ['RS256', 'ES256'],
    clientAuthSigningAlgValues: ['ES256', 'PS256', 'EdDSA', 'RS256'],
  },
  responseTypes: ['code'],
  scopes: [...SCOPES],
  subjectTypes: ['public', 'pairwise'],
} satisfies Configuration;

/** Keys that nothing is ever signed with: the engine judges algorithms by the kinds of keys there are. */
function anyKeys(): Jwks {
  const pairs = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ];
  return { keys: pairs.map(({ privateKey }) => ({ ...privateKey.export({ format: 'jwk' }), use: 'sig' })) };
}

/** Sound, whatever else it is given. */
const ANY_SITE = { client_id: 'any', client_secret: 'any', redirect_uris: ['https://any.invalid/'] };

/** Judges standard client metadata as the engine will: without sites, a database, or keys of the service. */
export class ClientJudge {
  private readonly engine: Provider;

  constructor(jwks: Jwks = anyKeys()) {
    this.engine = new Provider('https://judge.invalid', {
      ...CLIENT_RULES,
      adapter: () => ({}) as never,
      features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: false } },
      jwks: jwks as Configuration['jwks'],
    });
  }

  /** @returns what the engine has against it, with the member's name */
  faultOf(metadata: Record<string, unknown>): string | undefined {
    try {
      this.read(metadata);
      return undefined;
    } catch (cause) {
      const { error_description: text, message } = cause as { error_description?: string; message: string };
      return text ?? message;
    }
  }

  /** Whether the engine reads a member: it refuses a value that no member may have, or keeps it; others it drops. */
  knows(member: string): boolean {
    try {
      return Object.hasOwn(this.read({ ...ANY_SITE, [member]: 0 }), member);
    } catch {
      return true;
    }
  }

  private read(metadata: Record<string, unknown>): object {
    const Client = this.engine.Client as unknown as new (metadata: object) => { metadata(): object };
    return new Client(metadata).metadata();
  }
}
