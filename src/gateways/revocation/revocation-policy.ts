/** How the certificates of one authority are asked after; the operator says. */
export interface RevocationPolicy {
  /** Given, even empty, they replace the addresses that certificates name. */
  crl?: string[];
  ocsp?: string[];
  /** When nobody can be asked: refuse, or accept within `graceHours` of the last good answer. */
  whenUnknown: 'refuse' | 'accept';
  graceHours?: number;
}
