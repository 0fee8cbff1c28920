import type { GuardedAct } from '../../identity/proofs/proof-due.js';

const PAGES: Record<GuardedAct, string> = {
  password: '/account/password',
  'user-name': '/account/user-name',
  phone: '/account/phone',
  'lost-number': '/account/lost-number',
  export: '/account/data?news=proved',
  deregister: '/account/data/deregister',
  'restore-number': '/account/phone/restore',
  confirmation: '/account/confirmations?news=proved',
  'certificate-bind': '/account/certificates/add',
  'certificate-unbind': '/account/certificates/unbind',
  alipay: '/account/alipay',
  representative: '/account/representative/new',
  contact: '/account/contact/new',
  'site-edit': '/console',
  'site-decision': '/console',
  'site-secret': '/console',
  'site-state': '/console',
  'site-developer': '/console/people/new',
  'site-developer-end': '/console/people?news=proved',
};

/** A page of one site in the console: nothing else is gone on to, whatever an address says. */
const SITE_PAGE = /^\/console\/sites\/[A-Za-z0-9._~-]{1,64}(?:\/[a-z0-9-]{1,40}){1,3}$/;

const siteOf = (act: GuardedAct, to: unknown): string | undefined =>
  act.startsWith('site-') && typeof to === 'string' && SITE_PAGE.test(to) ? to : undefined;

/** Where an act goes on after its proof. @param to as an address or a form says */
export const pageAfter = (act: GuardedAct, to?: unknown): string => siteOf(act, to) ?? PAGES[act];

/** Where its proof is given. */
export function proofPath(act: GuardedAct, to?: unknown, by?: string): string {
  const parameters = Object.entries({ act, by, to: siteOf(act, to) }).filter(([, value]) => value !== undefined);
  return `/account/proof?${new URLSearchParams(parameters as [string, string][])}`;
}

/** Where somebody goes who does not give it. */
export const pageBefore = (act: GuardedAct): string => (act.startsWith('site-') ? '/console' : '/account');
