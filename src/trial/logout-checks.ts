import { demand, demandWayOn } from './check.js';
import type { Check } from './check.js';
import { Failed, Skipped } from './outcome.js';
import { shown } from './portal-on-trial.js';
import type { PortalOnTrial } from './portal-on-trial.js';

/** Logs in and out again. @returns what the browser was sent to the provider with */
async function out(portal: PortalOnTrial) {
  if (!portal.options.logout) throw new Skipped('option', { option: '--logout' });
  const { visitor, idToken } = await portal.isIn();
  const page = await portal.logsOut(visitor);
  if (page.halt !== 'logout') throw new Failed('notToLogout', { page: shown(page) });
  return { visitor, idToken, asked: page.url.searchParams };
}

/** Logout that begins at the portal (OpenID Connect RP-Initiated Logout 1.0). */
export const LOGOUT_CHECKS: readonly Check[] = [
  {
    id: 'logout',
    guide: 5,
    needs: ['login'],
    run: async (portal) => {
      const { visitor } = await out(portal);
      demand(!(await portal.knows(visitor)), 'loggedIn', { tried: 'logout' });
    },
  },
  {
    id: 'logout-hint',
    guide: 5,
    needs: ['logout'],
    run: async (portal) => {
      const { idToken, asked } = await out(portal);
      demand(asked.get('id_token_hint') === idToken, 'otherThan', { name: 'id_token_hint', value: 'ID token' });
    },
  },
  {
    id: 'logout-return',
    guide: 5,
    needs: ['logout'],
    run: async (portal) => {
      const { visitor, asked } = await out(portal);
      const back = URL.parse(asked.get('post_logout_redirect_uri') ?? '');
      if (!back) throw new Failed('missing', { name: 'post_logout_redirect_uri' });
      portal.returns.add(back.href);
      const state = asked.get('state');
      if (state !== null) back.searchParams.set('state', state);
      const tried = 'post_logout_redirect_uri';
      demandWayOn({ page: await visitor.comesBack('GET', back) }, tried);
      demand(!(await portal.knows(visitor)), 'loggedIn', { tried });
    },
  },
];
