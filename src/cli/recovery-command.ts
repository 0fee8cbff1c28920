import { Accounts } from '../identity/accounts/accounts.service.js';
import { Persons } from '../identity/accounts/persons.service.js';
import { grouped } from '../identity/codes/long-code.js';
import { RecoveryCodes } from '../identity/proofs/recovery-codes.service.js';
import { chinaMinute } from '../shared/china-time.js';
import { Clock } from '../shared/clock.js';
import { ResidentId } from '../shared/resident-id.js';
import { Database } from '../storage/transactions.js';
import type { Command } from './commands.js';

/** What a service hall does for somebody whose number is lost: the ID card is the proof. */
export const RECOVERY_COMMAND: Command = {
  name: 'recovery-code',
  parameters: ['operator'],
  about: 'a one-time code for somebody whose ID card you have seen (number lost); asks for the ID number',
  run: async (app, [operator], say, ask) => {
    const idNumber = ResidentId.parse(await ask('ID number as on the card: '), app.get(Clock).now());
    const account = await app.get(Accounts).find('resident-id', idNumber);
    const standing = account && (await app.get(Accounts).standing(account));
    if (!account || !standing) throw new Error('no verified account with this ID number');
    if (standing.state !== 'active') throw new Error('this account is disabled: restore it first');
    const codes = app.get(RecoveryCodes);
    const issued = await app.get(Database).transaction(async (tx) => codes.issue(tx, account, operator as string));
    const profile = await app.get(Persons).profile(account);
    say(`${profile?.maskedName}  ${profile?.maskedIdNumber}`);
    say(`${grouped(issued.code)}  once, until ${chinaMinute(issued.expiresAt)} (China); it is not shown again`);
  },
};
