import type { DeliveryReason } from './delivery-reasons.js';

/** Why a logout token was not taken, as texts and the guide have it: an answer by its status. In the guide's order. */
export const DELIVERY_CAUSES = [
  'redirected',
  'answered-400',
  'answered-403',
  'answered-404',
  'answered-405',
  'answered-500',
  'answered',
  'answer-too-large',
  'timeout',
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'unreachable',
  'tls',
  'address-refused',
  'site-resting',
  'failed',
  'no-client',
  'logged-in-again',
] as const;

export type DeliveryCause = (typeof DELIVERY_CAUSES)[number];

/** Answers that a site's developer has something of their own to do about. */
const BY_STATUS: Record<number, DeliveryCause> = {
  400: 'answered-400',
  401: 'answered-403',
  403: 'answered-403',
  404: 'answered-404',
  410: 'answered-404',
  405: 'answered-405',
  415: 'answered-405',
};

export function deliveryCause({ reason, status }: { reason: DeliveryReason; status?: number }): DeliveryCause {
  if (reason !== 'answered' || status === undefined) return reason;
  return BY_STATUS[status] ?? (status >= 500 ? 'answered-500' : 'answered');
}

export const deliveryAnchor = (cause: DeliveryCause): string => `delivery-${cause}`;
