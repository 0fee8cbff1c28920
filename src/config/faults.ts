import type { ValidationError } from 'class-validator';

/** The configuration cannot be used: every fault at once, each with the name of its variable or path. */
export class ConfigurationError extends Error {
  constructor(
    readonly what: string,
    readonly faults: readonly string[],
  ) {
    super(`${what} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

const said = (error: ValidationError): string[] => {
  const rules = Object.keys(error.constraints ?? {});
  if (rules.length === 0) return [];
  if (rules.includes('whitelistValidation')) return ['unknown key'];
  if (error.value === undefined || error.value === null) return ['required'];
  return Object.values(error.constraints ?? {}).map((text) =>
    text.replace(/^each value in \S+ /, 'each ').replace(`${error.property} `, ''),
  );
};

/** Flattens class-validator's tree to `path: what was expected`; no value is repeated, it may be a secret. */
export function faultsIn(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    return [...said(error).map((text) => `${path}: ${text}`), ...faultsIn(error.children ?? [], path)];
  });
}

/** Freezes a value with everything in it; binary keys cannot be frozen and stay as they are. */
export function frozen<T>(value: T): Readonly<T> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
