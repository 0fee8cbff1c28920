import { demand, demandNobody } from './check.js';
import type { Check } from './check.js';
import type { Cookie } from './cookies.js';
import { Failed } from './outcome.js';
import type { PortalOnTrial } from './portal-on-trial.js';

const LONGEST_HOURS = 12;

/** The cookies without which nobody is logged in. @throws {Failed} when there is none */
async function sessionCookies(portal: PortalOnTrial): Promise<Cookie[]> {
  const { visitor } = await portal.isIn();
  const found: Cookie[] = [];
  for (const cookie of visitor.cookies.at(portal.options.page)) {
    if (!(await portal.knows(portal.visitor(visitor.cookies.copy(cookie))))) found.push(cookie);
  }
  if (found.length === 0) throw new Failed('noSessionCookie');
  return found;
}

export const SESSION_CHECKS: readonly Check[] = [
  {
    id: 'session-cookie',
    guide: 8,
    needs: ['login'],
    run: async (portal) => {
      for (const { name, httpOnly, sameSite, secure } of await sessionCookies(portal)) {
        demand(httpOnly, 'cookieWithout', { name, attribute: 'HttpOnly' });
        demand(['lax', 'strict'].includes(sameSite ?? ''), 'cookieWithout', { name, attribute: 'SameSite=Lax' });
        const isSafe = secure || portal.options.portal.startsWith('http:');
        demand(isSafe, 'cookieWithout', { name, attribute: 'Secure' });
      }
    },
  },
  {
    id: 'session-lifetime',
    guide: 7,
    needs: ['login'],
    run: async (portal) => {
      const latest = Date.now() + LONGEST_HOURS * 3600_000;
      for (const { name, expires } of await sessionCookies(portal))
        demand((expires ?? 0) <= latest, 'cookieLives', { name, hours: LONGEST_HOURS });
    },
  },
  {
    id: 'session-renewed',
    guide: 8,
    needs: ['login'],
    run: async (portal) => {
      const { before } = await portal.isIn();
      await demandNobody(portal, before, 'cookie=(of before the login)');
    },
  },
];
