import { Refusal } from '../../shared/refusal.js';
import { isUuid } from '../../storage/uuid.js';

/** An id in an address, of a row that a list goes on from. @throws {Refusal} page.not-found (404) for what is no id */
export function cursorOf(id: unknown): string | undefined {
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || !isUuid(id)) throw new Refusal('page.not-found', { status: 404 });
  return id;
}
