import type { RefusalCode } from '../locales/texts.js';

export type { RefusalCode } from '../locales/texts.js';

export interface RefusalDetails {
  /** The form field the message belongs to. */
  field?: string;
  /** HTTP status; 422 unless given. 429 needs `retryAfter`. */
  status?: number;
  /** What the text's `{placeholders}` stand for. */
  values?: Record<string, string | number>;
  /** Seconds after which it is worth trying again; makes the status 429 unless one is given. */
  retryAfter?: number;
  also?: readonly Refusal[];
}

/** Expected, and the person can act: the code is a key of `locales/zh.ts` (DESIGN 6). Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly field?: string;
  readonly status: number;
  readonly values: Record<string, string | number>;
  readonly retryAfter?: number;
  readonly also: readonly Refusal[];

  constructor(
    readonly code: RefusalCode,
    details: RefusalDetails = {},
  ) {
    super(code);
    this.field = details.field;
    this.status = details.status ?? (details.retryAfter === undefined ? 422 : 429);
    this.values = details.values ?? {};
    this.retryAfter = details.retryAfter;
    this.also = details.also ?? [];
    if (this.status === 429 && this.retryAfter === undefined)
      throw new TypeError(`${code}: a wait says when it is over`);
  }

  /** The same refusal at a form field. */
  at(field: string): Refusal {
    const { status, values, retryAfter, also } = this;
    return new Refusal(this.code, { field, status, values, retryAfter, also });
  }

  /** Several faults of one form as one refusal: the first carries the rest. */
  static all(refusals: readonly Refusal[]): Refusal {
    const [first, ...also] = refusals as [Refusal, ...Refusal[]];
    const { field, status, values, retryAfter } = first;
    return new Refusal(first.code, { field, status, values, retryAfter, also });
  }

  /** This refusal and those it carries. */
  get list(): readonly Refusal[] {
    return [this, ...this.also];
  }
}

/** Something outside or below is away for now: 503, with the seconds after which to try again. */
export class Unavailable extends Error {
  constructor(
    readonly what: string,
    readonly retryAfter = 5,
    cause?: unknown,
  ) {
    super(`${what} is unavailable`, { cause });
  }
}
