import { createPublicKey, createSign, createVerify } from 'node:crypto';
import { SANDBOX_APP_ID } from '../../config/sandbox-alipay.js';
import type { SandboxAlipay } from '../../config/sandbox-alipay.js';
import type { SandboxCertificates } from './alipay-certificates.js';

/** What a question came with, address and form together. */
export type Parameters = Readonly<Record<string, string>>;

const METHODS = ['alipay.system.oauth.token', 'alipay.user.info.share'] as const;
export type AlipayMethod = (typeof METHODS)[number];

const TOLERANCE_MS = 10 * 60_000;
const FIXED = { charset: 'utf-8', sign_type: 'RSA2', version: '1.0' };

/** What is signed: everything but the signature that is not empty, sorted by name, as it stands. */
const signedText = (all: Parameters): string =>
  Object.keys(all)
    .filter((name) => name !== 'sign' && all[name] !== '')
    .toSorted()
    .map((name) => `${name}=${all[name]}`)
    .join('&');

const timeOf = (text = ''): number =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}+08:00`) : Number.NaN;

/** What is wrong with a question, in Alipay's word for it; nothing when it is as Alipay wants it. */
export function faultIn(all: Parameters, keys: SandboxAlipay, certificates: SandboxCertificates): string | undefined {
  const byCertificate = all['app_cert_sn'] !== undefined;
  const isKnown =
    all['app_cert_sn'] === certificates.appSerial && all['alipay_root_cert_sn'] === certificates.rootSerial;
  const isSigned = () =>
    createVerify('RSA-SHA256')
      .update(signedText(all), 'utf8')
      .verify(createPublicKey(keys.appKey), all['sign'] ?? '', 'base64');
  const checks: [fault: string, holds: () => boolean][] = [
    ['isv.invalid-app-id', () => all['app_id'] === SANDBOX_APP_ID],
    ['isv.invalid-method', () => METHODS.some((method) => method === all['method'])],
    ...Object.entries(FIXED).map(([name, value]): [string, () => boolean] => [
      `isv.invalid-${name.replace('_', '-')}`,
      () => all[name] === value,
    ]),
    ['isv.invalid-app-cert-sn', () => !byCertificate || isKnown],
    ['isv.invalid-signature', isSigned],
    ['isv.invalid-timestamp', () => Math.abs(timeOf(all['timestamp']) - Date.now()) < TOLERANCE_MS],
  ];
  return checks.find(([, holds]) => !holds())?.[0];
}

/** An answer as Alipay sends it: the object is written once, and that text is signed. */
export function sealed(name: string, answer: object, key: string, certificate?: string): string {
  const inner = JSON.stringify(answer);
  const sign = createSign('RSA-SHA256').update(inner, 'utf8').sign(key, 'base64');
  const by = certificate === undefined ? '' : `"alipay_cert_sn":"${certificate}",`;
  return `{"${name}":${inner},${by}"sign":"${sign}"}`;
}
