import type { zh } from '../zh.js';

type ConsoleRefusal = Extract<keyof typeof zh.refusals, `console.${string}`>;

export const consoleRefusals: Record<ConsoleRefusal, string> = {
  'console.no-role':
    'Your account has no role in the site console. A site’s developers are given theirs by an operator in the console, operators by whoever administers the system. Please turn to the authority that is in charge of your site.',
  'console.sms-alone':
    'The site console cannot be opened by a login with an SMS code. Please log out, then log in by password or another way.',
  'console.site-missing': 'Choose a site.',
  'console.person-unfit':
    'This number cannot be given the role: it has no natural person’s account that is in use, or the account is not at the level that the console asks for. Check the number with them, and ask them to raise their level first.',
  'console.developer-already': 'The account of this number is a developer of the site already. Nothing has to be done.',
  'console.no-logout-address':
    'This site has no back-channel logout address registered, so there is nothing to test. Enter one at “Change registration” first.',
  'console.site-closed': 'This site is disabled, and nothing is sent to it. Test it once it is enabled.',
  'console.role-gone': 'This role has been taken back already. Load the page again to see.',
};
