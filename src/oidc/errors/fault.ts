import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { Unavailable } from '../../shared/refusal.js';
import type { Sites } from '../sites/sites.service.js';
import { askedOf } from './asked.js';
import type { ProtocolError } from './asked.js';
import { causeOf } from './causes.js';
import type { Cause } from './causes.js';
import { ENDPOINT_OF } from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import { redacted } from './redact.js';
import type { Came } from './redact.js';

/** What a site did wrong, as it may be kept. */
export interface Fault {
  /** Empty where no registered site was named. */
  site: string;
  endpoint: Endpoint;
  error: string;
  cause: Cause;
  parameter?: string;
  expected: readonly string[];
  came: Came;
  /** More different values came than are kept one by one. */
  various?: boolean;
}

/** Answers that a sound site gets as well: what a person decided, is, or has left lying. */
const NO_FAULT = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unmet_authentication_requirements',
]);
const MOST_EXPECTED = 8;
const LONGEST_ERROR = 60;
const ID_LENGTH = 8;
const KEY_LENGTH = 32;

const isFault = (error: unknown): error is ProtocolError => {
  if (error instanceof Unavailable || error instanceof errors.SessionNotFound) return false;
  const { error: name, expose } = error as Partial<ProtocolError>;
  return typeof name === 'string' && expose === true && !NO_FAULT.has(name);
};

/** What of a failed protocol request concerns its site; nothing for a fault of ours, or of nobody's. */
export function faultOf(ctx: KoaContextWithOIDC, error: unknown, sites: Sites): Fault | undefined {
  const endpoint = (ENDPOINT_OF as Partial<Record<string, Endpoint>>)[ctx.oidc?.route ?? ''];
  if (!endpoint || !isFault(error)) return undefined;
  const asked = askedOf(ctx, endpoint, error, sites);
  const rule = causeOf(asked);
  const parameter = typeof rule.parameter === 'function' ? rule.parameter(asked) : rule.parameter;
  const value = rule.value ? rule.value(asked) : asked.params[parameter ?? ''];
  return {
    site: asked.site?.id ?? '',
    endpoint,
    error: error.error.slice(0, LONGEST_ERROR),
    cause: rule.cause,
    parameter: parameter || undefined,
    expected: (rule.expected?.(asked) ?? []).slice(0, MOST_EXPECTED),
    came: redacted(parameter?.split('.').at(-1) ?? '', value, asked.params),
  };
}

/**
 * What makes failures equal: those of one China day with the same key are one record.
 * @param day `YYYY-MM-DD`
 */
export function keyOf(day: string, { site, endpoint, error, cause, parameter, came, various }: Fault): string {
  const own = various ? ['various'] : [parameter ?? null, came.text ?? came.length ?? null];
  const parts = [day, site, endpoint, error, cause, ...own];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, KEY_LENGTH);
}

/** What the developer sees. */
export const errorIdOf = (key: string): string => key.slice(0, ID_LENGTH);
