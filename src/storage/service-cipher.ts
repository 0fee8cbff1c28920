import { Injectable } from '@nestjs/common';
import { open, seal } from './sealing.js';
import { ServiceKeys } from './service-keys.js';

/** Seals what belongs to the service and not to one account: signing keys, site secrets, short-lived records. */
@Injectable()
export class ServiceCipher {
  constructor(private readonly keys: ServiceKeys) {}

  /** @param meaning what it is, such as `site.secret` @param owner whose it is */
  seal(meaning: string, owner: string, text: string): Buffer {
    return seal(this.keys.get('service'), `${meaning}|${owner}`, Buffer.from(text));
  }

  /** @throws {Error} when it was sealed for another meaning or owner */
  open(meaning: string, owner: string, sealed: Buffer): string {
    return open(this.keys.get('service'), `${meaning}|${owner}`, sealed).toString();
  }
}
