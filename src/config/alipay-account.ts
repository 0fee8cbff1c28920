import { X509Certificate, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Env } from './env.js';
import type { Environment } from './environment.js';
import { privatePem, publicPem, rsaPrivateKey, rsaPublicKey } from './rsa-keys.js';
import { NONE } from './rules.js';

export type AlipayField = 'certified' | 'name' | 'id-number' | 'phone';

/** How the app at Alipay is set up, whichever app it is. */
export interface AlipayApp {
  userId: 'open_id' | 'user_id';
  /** What it may see of a person; what comes besides is dropped. */
  fields: readonly AlipayField[];
}

/** The certificates of certificate mode, as PEM. */
export interface AlipayCertificates {
  app: string;
  alipay: string;
  root: string;
}

/** An app of ours at Alipay, and where Alipay is. Keys are PEM, PKCS#8 and SubjectPublicKeyInfo. */
export interface AlipayAccount {
  appId: string;
  appKey: string;
  /** Of public-key mode. */
  publicKey?: string;
  certificates?: AlipayCertificates;
  authorizeUrl: string;
  gatewayUrl: string;
}

const CERTIFICATES = ['ALIPAY_APP_CERT_FILE', 'ALIPAY_CERT_FILE', 'ALIPAY_ROOT_CERT_FILE'] as const;
type CertificateFile = (typeof CERTIFICATES)[number];

const attempt = (name: string, work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (cause) {
    return [`${name}: ${(cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'it cannot be read'}`];
  }
};

const certificateIn = (file: string): string => {
  const pem = readFileSync(file, 'utf8');
  void new X509Certificate(pem);
  return pem;
};

/** Both modes' values beside each other would leave open which one counts. */
function modeFaults(raw: Environment): string[] {
  const missing = CERTIFICATES.filter((name) => raw[name] === undefined);
  const some = missing.length < CERTIFICATES.length;
  if (raw.ALIPAY_PUBLIC_KEY && some) return ['ALIPAY_PUBLIC_KEY: this or the certificates expected, not both'];
  if (!raw.ALIPAY_PUBLIC_KEY && !some) return ['ALIPAY_PUBLIC_KEY: this or the three certificates expected'];
  return some ? missing.map((name) => `${name}: expected beside the other certificates`) : [];
}

function belongs(raw: Environment): string[] {
  const { ALIPAY_APP_KEY: key, ALIPAY_APP_CERT_FILE: file } = raw;
  if (!key || !file) return [];
  const own = publicPem(createPublicKey(rsaPrivateKey(key)));
  const certified = publicPem(new X509Certificate(certificateIn(file)).publicKey);
  return own === certified ? [] : ['ALIPAY_APP_CERT_FILE: it is of another key than ALIPAY_APP_KEY'];
}

/** All or none of the app's own values, each of them readable. */
export function alipayFaults(raw: Environment): string[] {
  const { ALIPAY_APP_ID: id, ALIPAY_APP_KEY: key, ALIPAY_PUBLIC_KEY: publicKey } = raw;
  const files = CERTIFICATES.flatMap((name): [CertificateFile, string][] => (raw[name] ? [[name, raw[name]]] : []));
  if (!id && !key && !publicKey && files.length === 0) return [];
  const unreadable = [
    ...(key ? attempt('ALIPAY_APP_KEY', () => rsaPrivateKey(key)) : []),
    ...(publicKey ? attempt('ALIPAY_PUBLIC_KEY', () => rsaPublicKey(publicKey)) : []),
    ...files.flatMap(([name, file]) => attempt(name, () => certificateIn(file))),
  ];
  return [
    ...(id ? [] : ['ALIPAY_APP_ID: expected beside the other values']),
    ...(key ? [] : ['ALIPAY_APP_KEY: expected beside the other values']),
    ...modeFaults(raw),
    ...(unreadable.length > 0 ? unreadable : belongs(raw)),
  ];
}

/** @returns nothing without an app: there is no Alipay then, in a demonstration the sandbox's */
export function alipayOf(raw: Environment): AlipayAccount | undefined {
  if (!raw.ALIPAY_APP_ID || !raw.ALIPAY_APP_KEY) return undefined;
  const [app, alipay, root] = CERTIFICATES.map((name) => raw[name]);
  const certificates =
    app && alipay && root
      ? { app: certificateIn(app), alipay: certificateIn(alipay), root: readFileSync(root, 'utf8') }
      : undefined;
  return {
    appId: raw.ALIPAY_APP_ID,
    appKey: privatePem(rsaPrivateKey(raw.ALIPAY_APP_KEY)),
    publicKey: raw.ALIPAY_PUBLIC_KEY && publicPem(rsaPublicKey(raw.ALIPAY_PUBLIC_KEY)),
    certificates,
    authorizeUrl: raw.ALIPAY_AUTHORIZE_URL,
    gatewayUrl: raw.ALIPAY_GATEWAY_URL,
  };
}

export const alipayAppOf = ({ ALIPAY_USER_ID: userId, ALIPAY_FIELDS: fields }: Environment): AlipayApp => ({
  userId,
  fields: fields === NONE ? [] : (fields.split(',') as AlipayField[]),
});

/** What pages may offer of Alipay: a way in at all, and verifying a person by it. */
export interface AlipayOffer {
  logsIn: boolean;
  verifies: boolean;
}

const VERIFYING: readonly AlipayField[] = ['certified', 'name', 'id-number'];

/** In a demonstration there always is one: the sandbox's. A person is verified by name and number that it vouches for. */
export function alipayOffer({ realm, alipay, alipayApp }: Env): AlipayOffer {
  const logsIn = alipay !== undefined || realm === 'demo';
  return { logsIn, verifies: logsIn && VERIFYING.every((field) => alipayApp.fields.includes(field)) };
}
