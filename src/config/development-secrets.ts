import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DevelopmentSecrets {
  masterKey: string;
  cookieKey: string;
}

/**
 * Secrets of a demonstration, made once and kept beside its database. A hard link puts the finished file in place, so
 * that of two processes starting at once both read the same one.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const file = join(dataDir, 'development-secrets.json');
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const secrets: DevelopmentSecrets = {
    masterKey: randomBytes(32).toString('base64'),
    cookieKey: randomBytes(32).toString('base64url'),
  };
  try {
    writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600 });
    linkSync(draft, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(draft, { force: true });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentSecrets;
}
