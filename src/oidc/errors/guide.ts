import type { Cause } from './causes.js';
import type { Fault } from './fault.js';

/** The page that explains errors to a site's developer. */
export const ERROR_GUIDE = '/developers/errors';

export const causeAnchor = (cause: Cause): string => `error-${cause}`;
export const partAnchor = (part: string): string => `errors-${part}`;

/**
 * Where the guide explains a failure. Why a site was not taken for what it says it is, its developers read in the console:
 * whoever else tries secrets learns no more than the engine says.
 */
export function errorGuide({ error, endpoint, cause }: Pick<Fault, 'error' | 'endpoint' | 'cause'>): string {
  const proving = error === 'invalid_client' && endpoint !== 'authorization' && endpoint !== 'logout';
  return `${ERROR_GUIDE}#${proving ? partAnchor('authentication') : causeAnchor(cause)}`;
}
