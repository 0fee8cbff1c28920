import { LEVEL } from './answers.js';
import type { Answer, Asked, Person } from './answers.js';
import { demand, demandWayOn } from './check.js';
import type { Check } from './check.js';
import { Failed, Skipped } from './outcome.js';
import { shown } from './portal-on-trial.js';
import type { Login, PortalOnTrial } from './portal-on-trial.js';

const HIGHEST = 3;

/** Levels that a request asks for, as a must or a wish. */
function asksFor({ claims = '{}', acr_values: wish = '' }: Asked): string[] {
  try {
    const { id_token: token } = JSON.parse(claims) as { id_token?: { acr?: { value?: string; values?: string[] } } };
    return [token?.acr?.value ?? [], token?.acr?.values ?? [], wish.split(' ')].flat();
  } catch {
    return wish.split(' ');
  }
}

/** A person at level 0 goes to the page that needs more. */
async function fromBelow(portal: PortalOnTrial, person: Partial<Person>, answer: Partial<Answer> = {}): Promise<Login> {
  const { visitor } = await portal.isIn();
  return portal.stepsUp(visitor, { ...answer, person: portal.somebody(person) });
}

/** What the page must not open to. */
function tooLow(level: number): Record<string, Partial<Answer>> {
  return {
    [`acr=${LEVEL}${level - 1}`]: { claims: { acr: `${LEVEL}${level - 1}` } },
    'acr=(none)': { claims: { acr: undefined } },
    [`acr=urn:example:level:${level}`]: { claims: { acr: `urn:example:level:${level}` } },
  };
}

export const LEVEL_CHECKS: readonly Check[] = [
  {
    id: 'step-up',
    guide: 3,
    needs: ['login'],
    run: async (portal) => {
      const { levelPage, level } = portal.options;
      if (!levelPage) throw new Skipped('option', { option: '--level-page' });
      if (level === 0) throw new Skipped('option', { option: '--level' });
      const { visitor } = await portal.isIn();
      const below = await visitor.open(levelPage);
      const { asked, page } = await portal.stepsUp(visitor, { person: portal.somebody({ level }) });
      demand(asksFor(asked).includes(LEVEL + level), 'notAskedFor', { value: LEVEL + level });
      portal.learnsLevel(below, await visitor.open(levelPage));
      if (!(await portal.opens(visitor))) throw new Failed('closed', { page: shown(page) });
    },
  },
  {
    id: 'step-up-higher',
    guide: 3,
    needs: ['step-up'],
    run: async (portal) => {
      const level = portal.options.level + 1;
      if (level > HIGHEST) throw new Skipped('highest');
      const { visitor, page } = await fromBelow(portal, { level });
      demand(await portal.opens(visitor), 'closed', { page: shown(page) });
    },
  },
  {
    id: 'step-up-declined',
    guide: 6,
    needs: ['step-up'],
    run: async (portal) => {
      const tried = 'error=access_denied';
      const declined = await fromBelow(portal, {}, { error: { error: 'access_denied' } });
      demandWayOn(declined, tried);
      demand(!(await portal.opens(declined.visitor)), 'open', { tried });
      demand(await portal.knows(declined.visitor), 'loggedOut', { tried });
    },
  },
  {
    id: 'step-up-lower',
    guide: 3,
    needs: ['step-up'],
    run: async (portal) => {
      const { level } = portal.options;
      for (const [tried, answer] of Object.entries(tooLow(level))) {
        const { visitor } = await fromBelow(portal, { level }, answer);
        demand(!(await portal.opens(visitor)), 'open', { tried });
      }
    },
  },
  {
    id: 'account-kind',
    guide: 3,
    needs: ['step-up'],
    run: async (portal) => {
      const { kind, level } = portal.options;
      if (kind === undefined) throw new Skipped('option', { option: '--kind' });
      const other = kind === 'person' ? 'entity' : 'person';
      const { visitor } = await fromBelow(portal, { level }, { claims: { account_kind: other } });
      demand(!(await portal.opens(visitor)), 'open', { tried: `account_kind=${other}` });
    },
  },
];
