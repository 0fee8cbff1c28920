import { randomBytes } from 'node:crypto';
import { madeOnce } from './made-once.js';

export interface DevelopmentSecrets {
  masterKey: string;
  cookieKey: string;
}

/** Secrets of a demonstration, made once and kept beside its database. */
export const developmentSecrets = (dataDir: string): DevelopmentSecrets =>
  madeOnce(dataDir, 'development-secrets.json', {
    masterKey: randomBytes(32).toString('base64'),
    cookieKey: randomBytes(32).toString('base64url'),
  });
