import { isUuid, timeOfUuid, uuidv7, uuidv7At } from './uuid.js';

describe('a UUIDv7', () => {
  it('keeps the order in which it was made, in one millisecond too', () => {
    const made = [5, 5, 5, 5, 5, 6, 6, 6, 300, 300].map((ms) => uuidv7(ms));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('tells its moment, and stands behind the smallest of it', () => {
    const id = uuidv7(1_764_000_000_123);
    expect(isUuid(id)).toBe(true);
    expect(timeOfUuid(id).getTime()).toBe(1_764_000_000_123);
    expect(id > uuidv7At(1_764_000_000_123)).toBe(true);
    expect(id < uuidv7At(1_764_000_000_124)).toBe(true);
  });
});
