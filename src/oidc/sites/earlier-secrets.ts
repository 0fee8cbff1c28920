import { timingSafeEqual } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../../shared/clock.js';
import type { RetiredSecret } from './site.js';
import type { Sites } from './sites.service.js';
import { hashed } from '../store-keys.js';

interface Comparing {
  clientId: string;
  compareClientSecret(this: Comparing, given: string): boolean;
}

/** Whether a secret that was rotated away still counts, in `Clock` milliseconds. */
export function stillCounts(retired: readonly RetiredSecret[], given: string, now: number): boolean {
  const hash = Buffer.from(hashed(given));
  return retired.some((one) => timingSafeEqual(Buffer.from(one.hash), hash) && Date.parse(one.until) > now);
}

/** Lets a site's earlier secrets count until their overlap ends: judged by `Clock` at each use, not when it was read. */
export function acceptEarlierSecrets(provider: Provider, { sites, clock }: { sites: Sites; clock: Clock }): void {
  const { prototype } = provider.Client as unknown as { prototype: Comparing };
  const compare = prototype.compareClientSecret;
  prototype.compareClientSecret = function compareWithEarlier(given) {
    if (compare.call(this, given)) return true;
    return stillCounts(sites.get(this.clientId)?.retiredSecrets ?? [], given, clock.ms());
  };
}
