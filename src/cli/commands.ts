import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { AUTHORITY_COMMANDS } from './authority-commands.js';
import { RECOVERY_COMMAND } from './recovery-command.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Endings } from '../oidc/endings.service.js';
import { Engine } from '../oidc/engine.service.js';
import { SigningKeys } from '../oidc/signing-keys.service.js';
import { Sites } from '../oidc/sites.service.js';
import { Phone } from '../shared/phone.js';
import { FieldCipher } from '../storage/field-cipher.js';
import { ServiceKeys } from '../storage/service-keys.js';
import { Database } from '../storage/transactions.js';

export interface Command {
  name: string;
  parameters?: readonly string[];
  about: string;
  /** @param ask one line from the standard input: what must not stand in the shell's history */
  run: (
    app: INestApplicationContext,
    words: string[],
    say: (line: string) => void,
    ask: (question: string) => Promise<string>,
  ) => Promise<void>;
}

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

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
    name: 'sites list',
    about: 'the registered sites',
    run: async (app, _words, say) => {
      for (const { id, name, scopes } of app.get(Sites).all()) say(`${id}  ${name['zh-CN']}  ${scopes.join(' ')}`);
    },
  },
  {
    name: 'sites check',
    parameters: ['file'],
    about: 'what is wrong with a sites file, without storing anything',
    run: async (app, [file], say) => {
      await app.get(Engine).check(await json(file as string));
      say('the file is sound');
    },
  },
  {
    name: 'sites apply',
    parameters: ['file'],
    about: 'stores a sites file; sites that are not in it are disabled',
    run: async (app, [file], say) => {
      await app.get(Sites).apply(await app.get(Engine).check(await json(file as string)));
      say('applied; every process sees it within five seconds');
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
  ...AUTHORITY_COMMANDS,
  RECOVERY_COMMAND,
];

/** Every command and what it does. */
export const usage = (): string =>
  [
    'npm run cli -- <command>',
    '  migrate  brings the database schema up to this release',
    ...COMMANDS.map(
      ({ name, parameters = [], about }) => `  ${[name, ...parameters.map((one) => `<${one}>`)].join(' ')}  ${about}`,
    ),
  ].join('\n');
