import type { zh } from '../zh.js';

type ConsoleRefusal = Extract<keyof typeof zh.refusals, `console.${string}`>;

export const consoleRefusals: Record<ConsoleRefusal, string> = {
  'console.no-role':
    'Your account has no role in the site console. A site’s developers are given theirs by an operator in the console, operators by whoever administers the system. Please turn to the authority that is in charge of your site.',
  'console.sms-alone':
    'The site console cannot be opened by a login with an SMS code. Please log out, then log in by password or another way.',
};
