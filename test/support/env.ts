import { Buffer } from 'node:buffer';
import { tmpdir } from 'node:os';
import { loadEnv } from '../../src/config/env.js';
import type { Env } from '../../src/config/env.js';

/** The tests' own keys: databases made from one template open under them. */
export const TEST_MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

/** An environment of the tests; whatever is given stands above it. */
export const testEnv = (more: NodeJS.ProcessEnv = {}): Readonly<Env> =>
  loadEnv({
    MASTER_KEY: TEST_MASTER_KEY,
    COOKIE_KEYS: 'a-cookie-key-of-the-tests-0123456789',
    DATA_DIR: tmpdir(),
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    ...more,
  });
