/** What an act under DESIGN 6 is: it changes a way in, exports or ends the account. */
export const GUARDED_ACTS = [
  'password',
  'user-name',
  'phone',
  'lost-number',
  'export',
  'deregister',
  'restore-number',
  'confirmation',
  'certificate-bind',
  'certificate-unbind',
  'alipay',
  'representative',
  'contact',
] as const;
export type GuardedAct = (typeof GUARDED_ACTS)[number];

/** The act needs a proof first: the browser is sent to the page that takes one, and comes back. */
export class ProofDue extends Error {
  constructor(readonly act: GuardedAct) {
    super(`a proof is due for ${act}`);
  }
}
