import { Sensitive } from '../sensitive.js';
import type { Certificate } from './certificate.js';

/** SHA-256 of a certificate's DER, hex: what a bound certificate is found by, and nothing else of it. */
export class Thumbprint extends Sensitive {
  static of({ thumbprint }: Pick<Certificate, 'thumbprint'>): Thumbprint {
    return new Thumbprint(thumbprint);
  }

  masked(): string {
    return `****${this.reveal().slice(-4)}`;
  }
}
