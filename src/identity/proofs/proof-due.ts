/** What an act under DESIGN 6 is: it changes a way in, exports or ends the account, or changes a site in the console. */
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
  'site-edit',
  'site-decision',
  'site-secret',
  'site-state',
  'site-developer',
  'site-developer-end',
] as const;
export type GuardedAct = (typeof GUARDED_ACTS)[number];

/** The act needs a proof first: the browser is sent to the page that takes one, and comes back. */
export class ProofDue extends Error {
  /** @param to the page to come back to, of an act that has one for each of many things */
  constructor(
    readonly act: GuardedAct,
    readonly to?: string,
  ) {
    super(`a proof is due for ${act}`);
  }
}
