import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors, interactionPolicy } from 'oidc-provider';
import type { Env } from '../config/env.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import type { Accounts } from '../identity/accounts/accounts.service.js';
import type { AccountKind } from '../shared/account.js';
import { levelHeld, reachable, satisfies, wantedLevel } from './levels.js';
import { requestOf } from './policy-request.js';
import { raisingMethods } from './raising.js';
import type { Sites } from './sites/sites.service.js';

const { Check, Prompt } = interactionPolicy;

export interface LevelParts {
  accounts: Accounts;
  sites: Sites;
  jurisdiction: Jurisdiction;
  env: Env;
}

/** What the page shows: what the site insists on, and what it would like. */
const wantedWith = (parts: LevelParts) => async (ctx: KoaContextWithOIDC) => {
  const { site } = await requestOf(ctx, parts);
  return { ...wantedLevel(ctx.oidc.params ?? {}, site.requiredLevel) };
};

/**
 * Whether the site asks this kind of account for a level that it lacks: a wish is offered once.
 * @param page the name of the page's result
 * @throws {UnmetAuthenticationRequirements} when no page of ours leads there
 */
async function isDue(ctx: KoaContextWithOIDC, parts: LevelParts, kind: AccountKind, page: string): Promise<boolean> {
  const { standing, site, amr } = await requestOf(ctx, parts);
  if (standing.kind !== kind) return false;
  const methods = raisingMethods(parts);
  const { must, wish, impossible } = wantedLevel(ctx.oidc.params ?? {}, site.requiredLevel);
  const have = levelHeld(standing, amr);
  const mustMissing = must !== undefined && !satisfies(have, must);
  if (impossible || (mustMissing && !reachable(kind, must, methods))) {
    throw new errors.UnmetAuthenticationRequirements('the requested authentication level cannot be reached');
  }
  if (mustMissing) return true;
  // What the register does not confirm has no level, and no certificate gives it one.
  const hopeless = kind === 'entity' && standing.level === 0;
  const wished = wish !== undefined && !hopeless && !satisfies(have, wish) && reachable(kind, wish, methods);
  return wished && ctx.oidc.result?.[page] === undefined;
}

/** Real-name verification: offered once after registering, and whenever a site needs a level that a person lacks. */
export function verificationPrompt(parts: LevelParts) {
  return new Prompt(
    { name: 'verification', requestable: false },
    wantedWith(parts),
    new Check('level', 'the site asks for a higher level', 'interaction_required', async (ctx) =>
      isDue(ctx, parts, 'person', 'verification'),
    ),
    new Check('registered', 'real-name verification is offered', 'interaction_required', async (ctx) => {
      const { result } = ctx.oidc;
      if (result?.['registered'] !== true || result['verification'] !== undefined) return false;
      const { standing } = await requestOf(ctx, parts);
      return standing.kind === 'person' && standing.level === 0;
    }),
  );
}

/** A site insists on a level, and the register does not confirm the entity any more. */
export function registerStandingPrompt(parts: LevelParts) {
  return new Prompt(
    { name: 'register-standing', requestable: false },
    new Check('unconfirmed', 'the register does not confirm the legal entity', 'interaction_required', async (ctx) => {
      const { standing, site } = await requestOf(ctx, parts);
      const { must = 0 } = wantedLevel(ctx.oidc.params ?? {}, site.requiredLevel);
      return standing.kind === 'entity' && standing.level === 0 && must > 0;
    }),
  );
}

/** A legal entity's certificate: offered once after registering, and whenever a site needs it in this session. */
export function certificatePrompt(parts: LevelParts) {
  return new Prompt(
    { name: 'certificate', requestable: false },
    wantedWith(parts),
    new Check('level', 'the site asks for a certificate', 'interaction_required', async (ctx) =>
      isDue(ctx, parts, 'entity', 'certificate'),
    ),
    new Check('registered', 'binding a certificate is offered', 'interaction_required', async (ctx) => {
      const { result } = ctx.oidc;
      if (result?.['registered'] !== true || result['certificate'] !== undefined) return false;
      const { standing } = await requestOf(ctx, parts);
      return standing.kind === 'entity' && parts.jurisdiction.login.methods.includes('certificate');
    }),
  );
}
