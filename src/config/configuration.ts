import { loadEnv } from './env.js';
import type { Env } from './env.js';
import { readEnvironment } from './environment-reading.js';
import { ConfigurationError } from './faults.js';
import { loadJurisdiction } from './jurisdiction.js';
import type { Jurisdiction } from './jurisdiction.js';

export interface Configuration {
  env: Readonly<Env>;
  jurisdiction: Readonly<Jurisdiction>;
}

/**
 * Environment and jurisdiction, read once.
 * @throws {ConfigurationError} with the faults of both, so that nobody mends them in two rounds
 */
export function loadConfiguration(source: NodeJS.ProcessEnv): Configuration {
  const { raw, realm, faults } = readEnvironment(source);
  const jurisdiction = attempt(() => loadJurisdiction(raw.JURISDICTION, realm));
  if (faults.length === 0 && jurisdiction instanceof ConfigurationError) throw jurisdiction;
  if (!(jurisdiction instanceof ConfigurationError)) return { env: loadEnv(source), jurisdiction };
  const others = jurisdiction.faults.map((fault) => `${jurisdiction.what}: ${fault}`);
  throw new ConfigurationError('the configuration', [...faults, ...others]);
}

function attempt<T>(work: () => T): T | ConfigurationError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}
