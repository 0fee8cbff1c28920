import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Operators } from '../../src/oidc/operators/operators.service.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen } from './citizen.js';
import type { RunningService } from './service.js';
import type { TestSite } from './site.js';

/** Somebody of the console: their browser, logged in by password, and their account. */
export interface Staff {
  citizen: Citizen;
  accountId: string;
}

/**
 * A person at level 2, logged in by password a moment ago.
 * @param site where they register; its permission page does not come, since they ask for nothing
 * @param who somebody of the stub register of residents: each for one account
 */
export async function levelTwo(
  service: RunningService,
  site: TestSite,
  who: { name: string; idNumber: string },
  language?: string,
): Promise<Staff> {
  const citizen = new Citizen(service, language);
  await citizen.hasAccount(await site.loginUrl(service.origin), who);
  const accountId = site.lastLogin.claims.sub;
  await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).raise(tx, accountId));
  return { citizen, accountId };
}

/** Gives a role as the command line does: an operator's, or a developer's of one site. */
export const granted = async (service: RunningService, accountId: string, clientId?: string): Promise<boolean> =>
  service.app.get(Database).transaction(async (tx) => service.app.get(Operators).grant(tx, { accountId, clientId }));

/** An operator, or a developer of one site, logged in by password a moment ago. */
export async function staff(
  service: RunningService,
  site: TestSite,
  who: { name: string; idNumber: string },
  { of, language }: { of?: string; language?: string } = {},
): Promise<Staff> {
  const person = await levelTwo(service, site, who, language);
  await granted(service, person.accountId, of);
  return person;
}
