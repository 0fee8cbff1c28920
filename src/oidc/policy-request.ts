import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Accounts } from '../identity/accounts/accounts.service.js';
import type { Standing } from '../identity/accounts/standing.js';
import type { Amr } from '../shared/account.js';
import { standingOf } from './account.js';
import type { Site } from './sites/site.js';
import type { Sites } from './sites/sites.service.js';

/** Who asks to go on to which site, and how they logged in. */
export interface PolicyRequest {
  standing: Standing;
  site: Site;
  amr: Amr[];
}

/** What the policy's checks judge, after the login. */
export async function requestOf(
  ctx: KoaContextWithOIDC,
  { accounts, sites }: { accounts: Accounts; sites: Sites },
): Promise<PolicyRequest> {
  const { session, client } = ctx.oidc;
  const site = sites.get(client!.clientId);
  // Closed while this request was under way on the engine from before.
  if (!site) throw new errors.InvalidClient('client is invalid', 'client not found');
  const standing = await standingOf(ctx, accounts, session!.accountId!);
  return { standing: standing!, site, amr: (session!.amr ?? []) as Amr[] };
}
