/**
 * Jest runs tests in a realm of their own, but `structuredClone` is Node's: what it clones is no plain object here, and
 * the protocol library refuses a client's key set because of it. Plain data is cloned inside this realm instead.
 */
const outside = globalThis.structuredClone;

function clone(value) {
  if (Array.isArray(value)) return value.map(clone);
  if (value === null || typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return outside(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, clone(member)]));
}

globalThis.structuredClone = (value) => clone(value);
