import { Refusal } from '../../shared/refusal.js';
import { isUuid } from '../../storage/uuid.js';

/** Where a page of lines begins: below the line with this id. @throws {Refusal} page.not-found (404) for no such id */
export function cursorOf(before: unknown): string | undefined {
  if (before === undefined) return undefined;
  if (typeof before !== 'string' || !isUuid(before)) throw new Refusal('page.not-found', { status: 404 });
  return before;
}
