import { Refusal } from '../../shared/refusal.js';

const LINE_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Where a page of lines begins: below the line with this id. @throws {Refusal} page.not-found (404) for no such id */
export function cursorOf(before: unknown): string | undefined {
  if (before === undefined) return undefined;
  if (typeof before !== 'string' || !LINE_ID.test(before)) throw new Refusal('page.not-found', { status: 404 });
  return before;
}
