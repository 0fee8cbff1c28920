import { createHash } from 'node:crypto';
import { issue, pem } from '../authorities/issuing.js';
import type { NameText } from '../authorities/issuing.js';
import { softKeyOf } from '../authorities/soft-keys.js';
import type { SandboxAlipay } from '../../config/sandbox-alipay.js';

/** The certificates of certificate mode, and the serial numbers that questions and answers name them by. */
export interface SandboxCertificates {
  app: string;
  alipay: string;
  root: string;
  appSerial: string;
  alipaySerial: string;
  rootSerial: string;
}

const ROOT: NameText = [
  ['C', 'CN'],
  ['O', 'Sandbox'],
  ['CN', 'Sandbox Alipay root'],
];
const FROM = new Date('2026-01-01T00:00:00Z');
const UNTIL = new Date('2046-01-01T00:00:00Z');

/** As Alipay numbers certificates: the issuer's name from its end, then the serial number in decimal, hashed by MD5. */
const numberOf = (serial: Buffer): string => {
  const issuer = ROOT.toReversed().map(([name, text]) => `${name}=${text}`);
  return createHash('md5')
    .update(`${issuer.join(',')}${BigInt(`0x${serial.toString('hex')}`)}`)
    .digest('hex');
};

/** The same for the same keys: nothing in them is drawn, so that both ends make them on their own. */
export function sandboxCertificates({ appKey, alipayKey }: SandboxAlipay): SandboxCertificates {
  const alipay = softKeyOf('rsa', alipayKey);
  const certified = (serial: number, name: string, key: string, authority = false) => {
    const bytes = Buffer.from([serial]);
    const subject: NameText = authority ? ROOT : [...ROOT.slice(0, 2), ['CN', name]];
    const der = issue({
      subject,
      spki: softKeyOf('rsa', key).spki,
      issuer: { subject: ROOT, key: alipay },
      notBefore: FROM,
      notAfter: UNTIL,
      serial: bytes,
      ...(authority ? { authority: {} } : {}),
    });
    return { pem: pem(der), number: numberOf(bytes) };
  };
  const root = certified(1, '', alipayKey, true);
  const ofAlipay = certified(2, 'Sandbox Alipay', alipayKey);
  const ofApp = certified(3, 'Sandbox app', appKey);
  return {
    app: ofApp.pem,
    alipay: ofAlipay.pem,
    root: root.pem,
    appSerial: ofApp.number,
    alipaySerial: ofAlipay.number,
    rootSerial: root.number,
  };
}
