import type { ClaimsParameter, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Site } from './sites/site.js';

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a `claims` parameter may look like (OpenID Connect Core 5.5.1). A demand that cannot be read is refused, never
 * taken for none. @throws {errors.InvalidRequest}
 */
export async function assertClaims(_ctx: KoaContextWithOIDC, claims: ClaimsParameter): Promise<void> {
  const members = [...Object.values(claims.userinfo ?? {}), ...Object.values(claims.id_token ?? {})] as unknown[];
  if (!members.every((member) => member === null || isObject(member))) {
    throw new errors.InvalidRequest('members of claims.userinfo and claims.id_token must be null or objects');
  }
  const { value, values } = (claims.id_token?.['acr'] ?? {}) as { value?: unknown; values?: unknown };
  const readable =
    (value === undefined || isText(value)) && (values === undefined || (Array.isArray(values) && values.every(isText)));
  if (!readable) throw new errors.InvalidRequest('claims.id_token.acr must name its value or values as strings');
}

/** By how much a site's clock may be ahead, in seconds; the engine's own tolerance. */
const AHEAD_SECONDS = 15;

/**
 * What the assertion of a site that keeps to the FAPI 2.0 security profile must be besides what the engine checks: for
 * the issuer alone, not RS256, not from the future. Others may name the token endpoint as well (OpenID Connect Core 9).
 * @throws {errors.InvalidClientAuth}
 */
export function assertAssertion(
  site: Site | undefined,
  issuer: string,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
): void {
  if (!site?.fapi) return;
  if (claims['aud'] !== issuer) throw new errors.InvalidClientAuth('audience (aud) must be the issuer, as a string');
  if (header['alg'] === 'RS256') throw new errors.InvalidClientAuth('PS256, ES256 or EdDSA expected');
  const latest = Date.now() / 1000 + AHEAD_SECONDS;
  if (typeof claims['iat'] === 'number' && claims['iat'] > latest) {
    throw new errors.InvalidClientAuth('issued (iat) in the future');
  }
}
