import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Profiles } from '../identity/accounts/profiles.service.js';
import { Candidates } from '../oidc/operators/candidates.service.js';
import type { Ineligible } from '../oidc/operators/candidates.service.js';
import { OperatedSites } from '../oidc/operators/operated-sites.service.js';
import { Operators } from '../oidc/operators/operators.service.js';
import { RoleChanges } from '../oidc/operators/role-changes.service.js';
import { SiteRecords } from '../oidc/sites/site-records.service.js';
import { chinaMinute } from '../shared/china-time.js';
import { Phone } from '../shared/phone.js';
import type { Command } from './commands.js';

const OPTIONS = { site: { type: 'string' } } as const;
const SEEN = 'every process sees it at once';

const WHY: Record<Ineligible, (level: number) => string> = {
  unknown: () => 'no account with this number',
  entity: () => 'a legal entity has no role in the console: a natural person has',
  ended: () => 'this account is disabled',
  level: (level) => `this account is not at level ${level}: its owner has to raise it first`,
};

/** @throws {Error} for a site that is not registered */
async function read(app: INestApplicationContext, words: string[]): Promise<{ phone: Phone; clientId?: string }> {
  const { values, positionals } = parseArgs({ args: words, options: OPTIONS, allowPositionals: true });
  if (values.site !== undefined) await app.get(SiteRecords).get(values.site);
  return { phone: Phone.parse(positionals[0] ?? ''), clientId: values.site };
}

const roleIn = (clientId: string | undefined): string =>
  clientId === undefined ? 'an operator' : `a developer of ${clientId}`;

/** Who may open the console. Operators are made here alone; they make a site's developers in the console as well. */
export const OPERATOR_COMMANDS: readonly Command[] = [
  {
    name: 'operators grant',
    parameters: ['phone'],
    options: '[--site <id>]',
    about: 'makes a natural person at level 2 an operator, or with --site a developer of that site',
    run: async (app, words, say) => {
      const { phone, clientId } = await read(app, words);
      const candidate = await app.get(Candidates).byPhone(phone);
      if (candidate.why) throw new Error(WHY[candidate.why](app.get(OperatedSites).requiredLevel));
      const { accountId } = candidate as { accountId: string };
      const isNew = await app.get(RoleChanges).grant({ accountId, clientId });
      say(isNew ? `now ${roleIn(clientId)}; ${SEEN}` : `was ${roleIn(clientId)} already`);
    },
  },
  {
    name: 'operators revoke',
    parameters: ['phone'],
    options: '[--site <id>]',
    about: 'takes the role away, with --site that of a developer of the site',
    run: async (app, words, say) => {
      const { phone, clientId } = await read(app, words);
      const accountId = await app.get(Accounts).find('phone', phone);
      if (accountId === undefined) throw new Error(WHY.unknown(0));
      const done = await app.get(RoleChanges).revoke({ accountId, clientId });
      if (!done) throw new Error(`this account is not ${roleIn(clientId)}`);
      say(`no longer ${roleIn(clientId)}; ${SEEN}`);
    },
  },
  {
    name: 'operators list',
    about: 'who may open the console, masked; of what, since when, granted where',
    run: async (app, _words, say) => {
      for (const { accountId, role, clientId, grantedAt, grantedBy } of await app.get(Operators).all()) {
        const { maskedName, maskedPhone } = (await app.get(Profiles).of(accountId)) ?? {};
        const where = grantedBy === undefined ? 'at the command line' : 'in the console';
        const of = clientId === undefined ? [role] : [role, clientId];
        say([maskedName, maskedPhone, ...of, `since ${chinaMinute(grantedAt)} (China), ${where}`].join('  '));
      }
    },
  },
];
