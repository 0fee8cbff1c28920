import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import ipaddr from 'ipaddr.js';
import { developmentSecrets } from './development-secrets.js';
import { Environment } from './environment.js';
import { ConfigurationError, faultsIn } from './faults.js';
import { describedVariables } from './variable.js';

export type Realm = 'demo' | 'production';

/** A wrapping key; its id is part of what it has wrapped, so that the right one is found after a change. */
export interface MasterKey {
  id: string;
  key: Buffer;
}

/** The environment, read once and frozen. */
export class Env {
  port!: number;
  host?: string;
  opsPort?: number;
  /** Origin, without a slash at the end. */
  issuer!: string;
  databaseUrl?: string;
  redisUrl?: string;
  dataDir!: string;
  /** Newest first; the first one wraps, all of them open. */
  masterKeys!: readonly MasterKey[];
  /** Newest first. */
  cookieKeys!: readonly string[];
  jurisdiction!: string;
  realm!: Realm;
  sitesFile?: string;
  stubResidentsFile?: string;
  stubEnterprisesFile?: string;
  trustProxy!: readonly string[];
  outboundAllow!: readonly string[];
  /** `false` switches waits and caps per number and address off, never what guards a single code. */
  limits!: boolean;
  logLevel!: string;
  verifier?: { url: string; keyId: string; secret: string };
  aliyunSms?: { keyId: string; secret: string; sign: string; templates: Readonly<Record<string, string>> };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const NUMBERS = new Set(['PORT', 'OPS_PORT']);
const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
const pair = (text: string): [string, string] => {
  const at = text.indexOf(':');
  return [text.slice(0, at), text.slice(at + 1)];
};

/** Values of our variables; a secret may stand in the file named by `NAME_FILE`. */
function written(source: NodeJS.ProcessEnv, faults: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, secret } of describedVariables()) {
    const file = secret ? source[`${name}_FILE`] : undefined;
    try {
      const text = file ? readFileSync(file, 'utf8').trim() : source[name];
      if (text !== undefined && text !== '') values[name] = NUMBERS.has(name) ? Number(text) : text;
    } catch (cause) {
      faults.push(`${name}_FILE: ${(cause as Error).message}`);
    }
  }
  return values;
}

function masterKey(text: string, faults: string[]): MasterKey {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32)
    faults.push('MASTER_KEY: 32 bytes in base64 expected, for example from: openssl rand -base64 32');
  return { id: createHash('sha256').update('tongxing.master-key').update(key).digest('hex').slice(0, 8), key };
}

function cidrFaults(name: string, cidrs: readonly string[], hosts: boolean): string[] {
  return cidrs.flatMap((cidr) => {
    if (ipaddr.isValidCIDR(cidr)) return [];
    const host = hosts && (isIP(cidr) !== 0 || /^[a-z0-9.-]+$/i.test(cidr));
    return host ? [] : [`${name}: ${cidr} is not a CIDR${hosts ? ' or a host' : ''}, such as 10.0.0.0/8`];
  });
}

function productionFaults(raw: Environment, issuer: URL): string[] {
  const missing = describedVariables()
    .filter(({ name, required }) => required && raw[name as keyof Environment] === undefined)
    .map(({ name }) => `${name}: required in production`);
  return [
    ...missing,
    ...(issuer.protocol === 'https:' ? [] : ['ISSUER: https expected in production']),
    ...(raw.TRUST_PROXY ? [] : ['TRUST_PROXY: the CIDRs of the proxy that ends TLS expected in production']),
    ...(raw.LIMITS === 'off' ? ['LIMITS: off exists in demonstrations only'] : []),
    ...(['STUB_RESIDENTS_FILE', 'STUB_ENTERPRISES_FILE'] as const)
      .filter((name) => raw[name] !== undefined)
      .map((name) => `${name}: stubs exist in demonstrations only`),
  ];
}

/** Demo needs NODE_ENV other than production and a loopback issuer, or DEMO=1 by name (DESIGN 3). */
function realmOf(raw: Environment, issuer: URL, source: NodeJS.ProcessEnv): Realm {
  if (raw.DEMO === '1') return 'demo';
  return source['NODE_ENV'] !== 'production' && LOOPBACK.has(issuer.hostname) ? 'demo' : 'production';
}

function verifierOf(raw: Environment): Env['verifier'] {
  if (!raw.VERIFIER_URL || !raw.VERIFIER_KEY) return undefined;
  const [keyId, secret] = pair(raw.VERIFIER_KEY);
  return { url: raw.VERIFIER_URL, keyId, secret };
}

function aliyunOf(raw: Environment): Env['aliyunSms'] {
  if (!raw.ALIYUN_SMS_KEY || !raw.ALIYUN_SMS_SIGN) return undefined;
  const [keyId, secret] = pair(raw.ALIYUN_SMS_KEY);
  const templates = Object.fromEntries(
    list(raw.ALIYUN_SMS_TEMPLATES).map((item) => item.split('=') as [string, string]),
  );
  return { keyId, secret, sign: raw.ALIYUN_SMS_SIGN, templates };
}

/**
 * Reads the environment once.
 * @throws {ConfigurationError} with every fault at once, each with its variable's name
 */
export function loadEnv(source: NodeJS.ProcessEnv): Readonly<Env> {
  const faults: string[] = [];
  const raw = plainToInstance(Environment, written(source, faults));
  faults.push(...faultsIn(validateSync(raw)));
  if (faults.length > 0) throw new ConfigurationError('the environment', faults);

  const issuer = new URL(raw.ISSUER ?? `http://localhost:${raw.PORT}`);
  if (issuer.pathname !== '/' || issuer.search || issuer.hash) faults.push('ISSUER: an origin without a path expected');
  const realm = realmOf(raw, issuer, source);
  if (realm === 'production') faults.push(...productionFaults(raw, issuer));
  const dataDir = resolve(raw.DATA_DIR ?? `.data/${raw.JURISDICTION}`);
  const made = realm === 'demo' && (!raw.MASTER_KEY || !raw.COOKIE_KEYS) ? developmentSecrets(dataDir) : undefined;
  const masterKeys = list(raw.MASTER_KEY ?? made?.masterKey).map((text) => masterKey(text, faults));
  const cookieKeys = list(raw.COOKIE_KEYS ?? made?.cookieKey);
  if (cookieKeys.some((key) => key.length < 32)) faults.push('COOKIE_KEYS: at least 32 characters each expected');
  const trustProxy = list(raw.TRUST_PROXY);
  const outboundAllow = [...list(raw.OUTBOUND_ALLOW), ...(realm === 'demo' ? ['127.0.0.0/8', '::1/128'] : [])];
  faults.push(...cidrFaults('TRUST_PROXY', trustProxy, false), ...cidrFaults('OUTBOUND_ALLOW', outboundAllow, true));
  if (faults.length > 0) throw new ConfigurationError('the environment', faults);

  return Object.freeze(
    Object.assign(new Env(), {
      port: raw.PORT,
      host: raw.HOST,
      opsPort: raw.OPS_PORT,
      issuer: issuer.origin,
      databaseUrl: raw.DATABASE_URL,
      redisUrl: raw.REDIS_URL,
      dataDir,
      masterKeys: Object.freeze(masterKeys),
      cookieKeys: Object.freeze(cookieKeys),
      jurisdiction: raw.JURISDICTION,
      realm,
      sitesFile: raw.SITES_FILE,
      stubResidentsFile: raw.STUB_RESIDENTS_FILE,
      stubEnterprisesFile: raw.STUB_ENTERPRISES_FILE,
      trustProxy: Object.freeze(trustProxy),
      outboundAllow: Object.freeze(outboundAllow),
      limits: raw.LIMITS === 'on',
      logLevel: raw.LOG_LEVEL,
      verifier: verifierOf(raw),
      aliyunSms: aliyunOf(raw),
    }),
  );
}
