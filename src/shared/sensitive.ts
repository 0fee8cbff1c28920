import { inspect } from 'node:util';

/** Personal data or a secret: prints as `***` wherever it is turned into text by accident. */
export abstract class Sensitive {
  readonly #value: string;

  protected constructor(value: string) {
    this.#value = value;
  }

  /** The value in its one canonical spelling. Call it where the value is stored, compared or released, nowhere else. */
  reveal(): string {
    return this.#value;
  }

  /** What a page may show. */
  abstract masked(): string;

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}
