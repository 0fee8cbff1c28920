import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { assistantOf, demoAssistant } from './assistants.js';
import type { Assistant } from './assistants.js';
import { alipayAppOf, alipayOf } from './alipay-account.js';
import type { AlipayAccount, AlipayApp } from './alipay-account.js';
import { developmentSecrets } from './development-secrets.js';
import type { DevelopmentSecrets } from './development-secrets.js';
import { list } from './environment-faults.js';
import { readEnvironment } from './environment-reading.js';
import type { Realm } from './environment-reading.js';
import type { Environment } from './environment.js';
import { ConfigurationError, frozen } from './faults.js';

export type { Realm } from './environment-reading.js';

const LOOPBACK_RANGES = ['127.0.0.0/8', '::1/128'];

/** A wrapping key; its id is part of what it has wrapped, so that the right one is found after a change. */
export interface MasterKey {
  id: string;
  key: Buffer;
}

/** An access key, and where the service is that it opens. */
interface AccessKey {
  url: string;
  keyId: string;
  secret: string;
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
  stubAlipayFile?: string;
  authoritiesFile?: string;
  assistants!: readonly Assistant[];
  trustProxy!: readonly string[];
  outboundAllow!: readonly string[];
  /** `false` switches waits and caps per number and address off, never what guards a single code. */
  limits!: boolean;
  logLevel!: string;
  aliyunVerifier?: AccessKey;
  register?: { url: string; keyId: string; secret: string };
  /** Without it a demonstration has the sandbox's, and production no Alipay. */
  alipay?: AlipayAccount;
  alipayApp!: AlipayApp;
  aliyunSms?: AccessKey & { sign: string; templates: Readonly<Record<string, string>> };
}

const pair = (text: string): [string, string] => {
  const at = text.indexOf(':');
  return [text.slice(0, at), text.slice(at + 1)];
};

function masterKey(text: string): MasterKey {
  const key = Buffer.from(text, 'base64');
  return { id: createHash('sha256').update('tongxing.master-key').update(key).digest('hex').slice(0, 8), key };
}

/** In a demonstration, secrets that were not given are made. */
function madeSecrets(raw: Environment, realm: Realm, dataDir: string): DevelopmentSecrets | undefined {
  if (realm === 'production' || (raw.MASTER_KEY && raw.COOKIE_KEYS)) return undefined;
  try {
    return developmentSecrets(dataDir);
  } catch (cause) {
    throw new ConfigurationError('the environment', [`DATA_DIR: ${(cause as Error).message}`]);
  }
}

function aliyunVerifierOf(raw: Environment): Env['aliyunVerifier'] {
  if (!raw.ALIYUN_VERIFIER_KEY) return undefined;
  const [keyId, secret] = pair(raw.ALIYUN_VERIFIER_KEY);
  return { url: raw.ALIYUN_VERIFIER_URL, keyId, secret };
}

function registerOf(raw: Environment): Env['register'] {
  if (!raw.REGISTER_URL || !raw.REGISTER_KEY) return undefined;
  const [keyId, secret] = pair(raw.REGISTER_KEY);
  return { url: raw.REGISTER_URL, keyId, secret };
}

/** None in production unless they are named: whose driver runs there is the operator's to say. */
function assistantsOf({ ASSISTANTS, PORT }: Environment, realm: Realm): Assistant[] {
  if (ASSISTANTS === undefined) return realm === 'demo' ? [demoAssistant(PORT)] : [];
  return list(ASSISTANTS).flatMap((text) => assistantOf(text) ?? []);
}

function aliyunSmsOf(raw: Environment): Env['aliyunSms'] {
  if (!raw.ALIYUN_SMS_KEY || !raw.ALIYUN_SMS_SIGN) return undefined;
  const [keyId, secret] = pair(raw.ALIYUN_SMS_KEY);
  const templates = Object.fromEntries(
    list(raw.ALIYUN_SMS_TEMPLATES).map((item) => item.split('=') as [string, string]),
  );
  return { url: raw.ALIYUN_SMS_URL, keyId, secret, sign: raw.ALIYUN_SMS_SIGN, templates };
}

/**
 * Reads the environment once.
 * @throws {ConfigurationError} with every fault at once, each with its variable's name
 */
export function loadEnv(source: NodeJS.ProcessEnv): Readonly<Env> {
  const { raw, issuer, realm, faults } = readEnvironment(source);
  if (faults.length > 0) throw new ConfigurationError('the environment', faults);
  const dataDir = resolve(raw.DATA_DIR ?? `.data/${raw.JURISDICTION}`);
  const made = madeSecrets(raw, realm, dataDir);
  return frozen(
    Object.assign(new Env(), {
      port: raw.PORT,
      host: raw.HOST,
      opsPort: raw.OPS_PORT,
      issuer: issuer.origin,
      databaseUrl: raw.DATABASE_URL,
      redisUrl: raw.REDIS_URL,
      dataDir,
      masterKeys: list(raw.MASTER_KEY ?? made?.masterKey).map(masterKey),
      cookieKeys: list(raw.COOKIE_KEYS ?? made?.cookieKey),
      jurisdiction: raw.JURISDICTION,
      realm,
      sitesFile: raw.SITES_FILE,
      stubResidentsFile: raw.STUB_RESIDENTS_FILE,
      stubEnterprisesFile: raw.STUB_ENTERPRISES_FILE,
      stubAlipayFile: raw.STUB_ALIPAY_FILE,
      authoritiesFile: raw.AUTHORITIES_FILE,
      assistants: assistantsOf(raw, realm),
      trustProxy: list(raw.TRUST_PROXY),
      outboundAllow: [...list(raw.OUTBOUND_ALLOW), ...(realm === 'demo' ? LOOPBACK_RANGES : [])],
      limits: raw.LIMITS === 'on',
      logLevel: raw.LOG_LEVEL,
      register: registerOf(raw),
      aliyunVerifier: aliyunVerifierOf(raw),
      aliyunSms: aliyunSmsOf(raw),
      alipay: alipayOf(raw),
      alipayApp: alipayAppOf(raw),
    }),
  );
}
