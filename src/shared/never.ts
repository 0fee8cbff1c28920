/** Marks a branch that no kind reaches: a new kind is then a compile error here. */
export function never(value: never): never {
  throw new Error(`not handled: ${String(value)}`);
}
