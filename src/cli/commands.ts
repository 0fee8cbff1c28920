import type { INestApplicationContext } from '@nestjs/common';
import { AUTHORITY_COMMANDS } from './authority-commands.js';
import { OPERATOR_COMMANDS } from './operator-commands.js';
import { RECOVERY_COMMAND } from './recovery-command.js';
import { SITE_COMMANDS } from './site-commands.js';
import { TRIAL_COMMAND } from './trial-command.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Endings } from '../oidc/endings.service.js';
import { SigningKeys } from '../oidc/signing-keys.service.js';
import { Phone } from '../shared/phone.js';
import { FieldCipher } from '../storage/field-cipher.js';
import { ServiceKeys } from '../storage/service-keys.js';
import { Database } from '../storage/transactions.js';

export interface Command {
  name: string;
  parameters?: readonly string[];
  /** What may stand beside them, as the usage shows it. */
  options?: string;
  /** Runs on nothing of the service: its `app` is not there. */
  alone?: true;
  about: string;
  /** @param ask one line from the standard input: what must not stand in the shell's history */
  run: (
    app: INestApplicationContext,
    words: string[],
    say: (line: string) => void,
    ask: (question: string) => Promise<string>,
  ) => Promise<void>;
}

/** What an operator can do, beside `migrate`. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'keys list',
    about: 'the keys ID tokens are signed with, and their states',
    run: async (app, _words, say) => {
      for (const { kid, alg, state, createdAt } of await app.get(SigningKeys).list()) {
        say(`${kid}  ${alg}  ${state.padEnd(7)}  ${createdAt.toISOString()}`);
      }
    },
  },
  {
    name: 'keys rotate',
    about: 'next becomes current, current retires, a new next is published',
    run: async (app, _words, say) => {
      await app.get(SigningKeys).rotate();
      say('rotated; every process publishes the new key within five seconds');
    },
  },
  {
    name: 'keys rewrap',
    about: 'wraps every key by the newest MASTER_KEY',
    run: async (app, _words, say) => {
      const service = await app.get(ServiceKeys).rewrap();
      const accounts = await app.get(FieldCipher).rewrap();
      say(`${service} service keys and ${accounts} data keys re-wrapped`);
    },
  },
  {
    name: 'accounts disable',
    parameters: ['phone'],
    about: 'closes every way into an account and ends its sessions',
    run: async (app, [number], say) => {
      const accounts = app.get(Accounts);
      const account = await accounts.find('phone', Phone.parse(number as string));
      if (!account) throw new Error('no account with this number');
      const endings = app.get(Endings);
      await app.get(Database).transaction(async (tx) => {
        await accounts.disable(tx, account);
        await endings.promise(tx, account);
      });
      await endings.endNow(account);
      say('disabled; its sessions have ended and its sites are told');
    },
  },
  ...SITE_COMMANDS,
  ...OPERATOR_COMMANDS,
  TRIAL_COMMAND,
  ...AUTHORITY_COMMANDS,
  RECOVERY_COMMAND,
];

/** Every command and what it does. */
export const usage = (): string =>
  [
    'npm run cli -- <command>',
    '  migrate  brings the database schema up to this release',
    ...COMMANDS.map(
      ({ name, parameters = [], options = [], about }) =>
        `  ${[name, ...parameters.map((one) => `<${one}>`)].concat(options).join(' ')}  ${about}`,
    ),
  ].join('\n');
