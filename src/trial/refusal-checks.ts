import type { Answer } from './answers.js';
import { demand, demandNobody, demandWayOn } from './check.js';
import type { Check, CheckId } from './check.js';

const error = (name: string, more: Record<string, string> = {}): Partial<Answer> => ({
  error: { error: name, ...more },
});

/** What people meet: each ends at a page of the portal's with a way on, and nobody is logged in. */
const REFUSALS: readonly [CheckId, guide: number, answers: Record<string, Partial<Answer>>][] = [
  ['access-denied', 6, { 'error=access_denied': error('access_denied') }],
  [
    'expired-session',
    6,
    {
      'error=login_required': error('login_required'),
      'error=interaction_required': error('interaction_required'),
    },
  ],
  ['provider-away', 6, { 'error=temporarily_unavailable': error('temporarily_unavailable') }],
  ['expired-code', 6, { 'token endpoint: invalid_grant': { tokenError: 'invalid_grant' } }],
];

const MARKUP = '<b id="trial-markup">';

export const REFUSAL_CHECKS: readonly Check[] = [
  ...REFUSALS.map(([id, guide, answers]): Check => ({
    id,
    guide,
    needs: ['login'],
    run: async (portal) => {
      for (const [tried, answer] of Object.entries(answers)) {
        const login = await portal.logsIn(answer);
        demandWayOn(login, tried);
        await demandNobody(portal, login.visitor, tried);
      }
    },
  })),
  {
    id: 'error-markup',
    guide: 6,
    needs: ['login'],
    run: async (portal) => {
      const { page } = await portal.logsIn(error('invalid_request', { error_description: `${MARKUP}x</b>` }));
      demand(!page.body.includes(MARKUP), 'markup', { name: 'error_description' });
      const named = await portal.logsIn(error(`${MARKUP}x</b>`));
      demand(!named.page.body.includes(MARKUP), 'markup', { name: 'error' });
    },
  },
];
