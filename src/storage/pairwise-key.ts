import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ServiceKeys } from './service-keys.js';

/** Pairwise subjects (OpenID Connect Core 8.1): the same account is somebody else in each sector. */
@Injectable()
export class PairwiseKey {
  constructor(private readonly keys: ServiceKeys) {}

  subject(accountId: string, sector: string): string {
    return createHmac('sha256', this.keys.get('pairwise')).update(`${sector}|${accountId}`).digest('base64url');
  }
}
