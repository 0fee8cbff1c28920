import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ServiceKeys } from './service-keys.js';
import type { BlindKind } from './service-keys.js';

const KEY_ID = 1;

/** Finds a value without storing it: a key id byte and HMAC-SHA-256 under the key of its kind (DESIGN 5). */
@Injectable()
export class BlindIndex {
  constructor(private readonly keys: ServiceKeys) {}

  /** @param canonical the one spelling of the value */
  of(kind: BlindKind, canonical: string): Buffer {
    const mac = createHmac('sha256', this.keys.get(`blind.${kind}`))
      .update(canonical)
      .digest();
    return Buffer.concat([Buffer.of(KEY_ID), mac]);
  }

  /** The same as text, for keys of the short-lived store. */
  text(kind: BlindKind, canonical: string): string {
    return this.of(kind, canonical).toString('base64url');
  }
}
