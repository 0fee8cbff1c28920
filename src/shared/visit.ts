import { AsyncLocalStorage } from 'node:async_hooks';
import type { Whereabouts } from './whereabouts.js';

const visits = new AsyncLocalStorage<() => Whereabouts>();

/** Does the work of one request, so that whatever it writes down can say where it came from. */
export const duringVisit = <T>(from: () => Whereabouts, work: () => T): T => visits.run(from, work);

/** Does what is nobody's request: a job that a commit has woken would else seem to come from whoever made it. */
export const outsideVisits = <T>(work: () => T): T => visits.exit(work);

/** Where the request that runs came from, coarsely; `undefined` in jobs and commands. */
export const visitedFrom = (): Whereabouts | undefined => visits.getStore()?.();
