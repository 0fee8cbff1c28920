import type { ValidationError } from 'class-validator';

/** The configuration cannot be used: every fault at once, each with the name of its variable or path. */
export class ConfigurationError extends Error {
  constructor(
    what: string,
    readonly faults: readonly string[],
  ) {
    super(`${what} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/** Flattens class-validator's tree to `path: what was expected`. */
export function faultsIn(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, text]) =>
      rule === 'whitelistValidation' ? `${path}: unknown key` : `${path}: ${text.replace(`${error.property} `, '')}`,
    );
    return [...own, ...faultsIn(error.children ?? [], path)];
  });
}
