import type { Words } from './en.js';
import { Failed } from './outcome.js';
import type { Values } from './outcome.js';
import { shown } from './portal-on-trial.js';
import type { Login, PortalOnTrial } from './portal-on-trial.js';
import { Visitor } from './visitor.js';

export type CheckId = keyof Words['checks'];

/** One promise of a portal. What is done, expected and to be fixed is told in `en.ts` under its id. */
export interface Check {
  id: CheckId;
  /** The section of docs/connect-a-site that it is about. */
  guide: number;
  /** What must hold for this to mean anything; without it the check is skipped. */
  needs: readonly CheckId[];
  /** @throws {Failed} with what was seen; {Skipped} when it cannot be made; anything else is a failure too */
  run: (portal: PortalOnTrial) => Promise<void> | void;
}

export const demand = (isSo: boolean, ...[seen, values]: ConstructorParameters<typeof Failed>): void => {
  if (!isSo) throw new Failed(seen, values);
};

/** @param tried what was wrong with the answer, in the protocol's own words */
export async function demandNobody(portal: PortalOnTrial, visitor: Visitor, tried: string): Promise<void> {
  demand(!(await portal.knows(visitor)), 'loggedIn', { tried });
}

const ODD = [500, 501, 505];

/** A page that a script makes cannot be judged by its links. */
const isMadeByScript = (html: string): boolean => /<script\b/i.test(html);

/** The person is at a page of the portal with a way on: no crash, no loop. */
export function demandWayOn({ page }: Pick<Login, 'page'>, tried: string): void {
  const values: Values = { tried, page: shown(page) };
  demand(page.halt !== 'authorization' && page.halt !== 'redirects', 'loop', values);
  demand(page.halt === undefined && !ODD.includes(page.status), 'crash', values);
  demand(Visitor.onwards(page).length > 0 || isMadeByScript(page.body), 'noWayOn', values);
}
