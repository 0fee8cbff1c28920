import { createPublicKey, generateKeyPair } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AlipayAccount } from './alipay-account.js';
import type { Env } from './env.js';
import { madeOnce } from './made-once.js';
import { privatePem, publicPem } from './rsa-keys.js';

/** Both ends' private keys, PKCS#8 PEM. */
export interface SandboxAlipay {
  appKey: string;
  alipayKey: string;
}

/** The app's number at the sandbox's Alipay. */
export const SANDBOX_APP_ID = '2021000000000001';
/** Where the sandbox's Alipay stands, below the issuer. */
export const SANDBOX_ALIPAY = '/sandbox/alipay';

const FILE = 'sandbox-alipay.json';
const made = new Map<string, Promise<SandboxAlipay>>();

const newKey = async (): Promise<string> =>
  privatePem((await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey);

async function make(dataDir: string): Promise<SandboxAlipay> {
  const file = join(dataDir, FILE);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SandboxAlipay;
  const [appKey, alipayKey] = await Promise.all([newKey(), newKey()]);
  return madeOnce(dataDir, FILE, { appKey, alipayKey });
}

/** The keys of a demonstration's app and of the Alipay that stands in: made when Alipay is first used, kept. */
export function sandboxAlipay(dataDir: string): Promise<SandboxAlipay> {
  const keys = made.get(dataDir) ?? make(dataDir);
  made.set(dataDir, keys);
  return keys;
}

/** The app of a demonstration that was given none of its own. */
export async function sandboxAccount({ dataDir, issuer }: Env): Promise<AlipayAccount> {
  const { appKey, alipayKey } = await sandboxAlipay(dataDir);
  return {
    appId: SANDBOX_APP_ID,
    appKey,
    publicKey: publicPem(createPublicKey(alipayKey)),
    authorizeUrl: `${issuer}${SANDBOX_ALIPAY}/oauth2/publicAppAuthorize.htm`,
    gatewayUrl: `${issuer}${SANDBOX_ALIPAY}/gateway.do`,
  };
}
