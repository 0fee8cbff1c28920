import { AnswerTooLarge, OutboundRefused } from '../../gateways/outbound.js';
import { SiteResting } from './site-line.js';

/** Why a site has not taken a logout token: a closed list, as pages have a text for each. */
export const DELIVERY_REASONS = [
  'timeout',
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'unreachable',
  'tls',
  /** The guarded way out may not go there. */
  'address-refused',
  /** With another status than 200 or 204. */
  'answered',
  'redirected',
  'answer-too-large',
  /** It has not answered again and again just now, or has too many waiting, and was not called. */
  'site-resting',
  /** What is left: a fault that has no name here. */
  'failed',
  /** The site is disabled, gone, or takes no logout tokens any more. */
  'no-client',
  /** The account has logged in there anew, and the token would have ended that login too. */
  'logged-in-again',
] as const;

export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

export interface Failed {
  reason: DeliveryReason;
  /** What the site answered. */
  status?: number;
}

/** Of Node's resolver and sockets, and of `undici`. */
const BY_CODE: Record<string, DeliveryReason> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ENODATA: 'name-not-found',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  UND_ERR_SOCKET: 'connection-lost',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPROTO: 'tls',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};
/** Codes that OpenSSL and Node's certificate checks give. */
const TLS = /^ERR_(?:TLS|SSL)_|CERT|SIGNATURE|^UNABLE_TO_|^HOSTNAME_MISMATCH$/;

interface Fault {
  name?: string;
  code?: string;
  cause?: unknown;
  response?: { status?: number };
}

/** What came of a try that threw. */
export function failedBy(error: unknown): Failed {
  if (error instanceof AnswerTooLarge) return { reason: 'answer-too-large' };
  if (error instanceof OutboundRefused) return { reason: 'address-refused' };
  if (error instanceof SiteResting) return { reason: 'site-resting' };
  const { name, code, cause, response } = error as Fault;
  if (response?.status !== undefined) {
    const { status } = response;
    return { reason: status >= 300 && status < 400 ? 'redirected' : 'answered', status };
  }
  if (name === 'TimeoutError') return { reason: 'timeout' };
  const known = code === undefined ? undefined : (BY_CODE[code] ?? (TLS.test(code) ? 'tls' : undefined));
  if (known) return { reason: known };
  return cause instanceof Error ? failedBy(cause) : { reason: 'failed' };
}

const SILENT = new Set<DeliveryReason>([
  'timeout',
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'unreachable',
  'tls',
]);

/** Whether nobody answered: what a site that rests is spared. An answer, whatever it says, costs nobody time. */
export const isSilence = (error: unknown): boolean => SILENT.has(failedBy(error).reason);
