import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { environmentFaults, productionFaults, webAddress } from './environment-faults.js';
import { Environment } from './environment.js';
import { faultsIn } from './faults.js';
import { describedVariables } from './variable.js';

export type Realm = 'demo' | 'production';

/** The environment as it was written, and everything that is wrong with it. */
export interface Reading {
  raw: Environment;
  issuer: URL;
  realm: Realm;
  faults: readonly string[];
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const NUMBERS = new Set(['PORT', 'OPS_PORT']);

/** Values of our variables; a secret may stand in the file named by `NAME_FILE`. */
function written(source: NodeJS.ProcessEnv, faults: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, secret } of describedVariables()) {
    const file = secret ? source[`${name}_FILE`] : undefined;
    try {
      const text = file ? readFileSync(file, 'utf8').trim() : source[name];
      if (file && text === '') faults.push(`${name}_FILE: the file is empty`);
      if (text !== undefined && text !== '') values[name] = NUMBERS.has(name) ? Number(text) : text;
    } catch (cause) {
      faults.push(`${name}_FILE: ${(cause as Error).message}`);
    }
  }
  return values;
}

/** Where it cannot be read, the address that it would have by default: the rest is judged all the same. */
function issuerOf({ ISSUER, PORT }: Environment): URL {
  return webAddress(ISSUER) ?? new URL(`http://localhost:${PORT > 0 && PORT < 65536 ? Math.trunc(PORT) : ''}`);
}

/** Demo needs NODE_ENV other than production and a loopback issuer, or DEMO=1 by name (DESIGN 3). */
function realmOf(raw: Environment, issuer: URL, source: NodeJS.ProcessEnv): Realm {
  if (raw.DEMO === '1') return 'demo';
  return source['NODE_ENV'] !== 'production' && LOOPBACK.has(issuer.hostname) ? 'demo' : 'production';
}

/** Reads and judges the environment, without making anything. */
export function readEnvironment(source: NodeJS.ProcessEnv): Reading {
  const unreadable: string[] = [];
  const raw = plainToInstance(Environment, written(source, unreadable));
  const issuer = issuerOf(raw);
  const realm = realmOf(raw, issuer, source);
  const faults = [
    ...unreadable,
    ...faultsIn(validateSync(raw)),
    ...environmentFaults(raw),
    ...(realm === 'production' ? productionFaults(raw) : []),
  ];
  return { raw, issuer, realm, faults };
}

/** The realm of this process: needs no sound environment. */
export const ownRealm = (): Realm => readEnvironment(process.env).realm;
