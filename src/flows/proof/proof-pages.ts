import type { GuardedAct } from '../../identity/proofs/proof-due.js';

/** Where an act goes on after its proof. */
export const PAGES: Record<GuardedAct, string> = {
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
};
