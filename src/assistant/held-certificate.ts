import { createPrivateKey } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS } from '../sandbox/authorities/fictional-authorities.js';
import { pem } from '../sandbox/authorities/issuing.js';
import { softKeyOf } from '../sandbox/authorities/soft-keys.js';
import type { KeyAlgorithm, SoftKey } from '../sandbox/authorities/soft-keys.js';
import { creditCodeOf } from '../shared/pki/certificate-code.js';
import { readCertificate, shownName } from '../shared/pki/certificate.js';
import type { Certificate } from '../shared/pki/certificate.js';
import { Refusal } from '../shared/refusal.js';

/** A certificate as pages and lists name it: what a driver answers (docs/certificates.md). */
export interface ListedCertificate {
  /** SHA-256 of the DER, hex. */
  thumbprint: string;
  name: string;
  creditCode?: string;
  authority: string;
  serial: string;
  notAfter: string;
  usage: 'sign';
}

/** A certificate with its key. */
export interface HeldCertificate {
  listed: ListedCertificate;
  key: SoftKey;
  /** The leaf first. */
  chain: readonly Buffer[];
  /** PEM of the chain. */
  text: string;
}

const ORGANISATION = '2.5.4.10';
const PLACES = Object.values(DEFINITIONS).map(({ codePlace }) => codePlace);
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const CURVES: Record<string, KeyAlgorithm> = { prime256v1: 'p256', secp384r1: 'p384' };

function codeIn(certificate: Certificate): string | undefined {
  try {
    return creditCodeOf(certificate, PLACES).reveal();
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined;
    throw refusal;
  }
}

/** @throws {Error} when the key is not the one that the certificate is about */
export function held(key: SoftKey, chain: readonly Buffer[]): HeldCertificate {
  const leaf = readCertificate(chain[0] as Buffer);
  if (!leaf.key.spki.equals(key.spki)) throw new Error('a key that is not the certificate’s');
  const authority = leaf.issuerParts.find(([type]) => type === ORGANISATION)?.[1] ?? shownName(leaf.issuerParts);
  const listed: ListedCertificate = {
    thumbprint: leaf.thumbprint,
    name: shownName(leaf.subjectParts),
    creditCode: codeIn(leaf),
    authority,
    serial: leaf.serial,
    notAfter: leaf.notAfter.toISOString(),
    usage: 'sign',
  };
  return { listed, key, chain, text: chain.map(pem).join('') };
}

function ofFile(file: string): HeldCertificate {
  const blocks = [...readFileSync(file, 'utf8').matchAll(PEM_BLOCK)];
  const isKey = ([, label]: RegExpMatchArray) => (label as string).endsWith('PRIVATE KEY');
  const key = blocks.find(isKey)?.[0];
  if (!key) throw new Error('no private key');
  const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(key);
  const algorithm = asymmetricKeyType === 'rsa' ? 'rsa' : CURVES[asymmetricKeyDetails?.namedCurve ?? ''];
  if (!algorithm) throw new Error('RSA, P-256 or P-384 expected');
  const ders = blocks
    .filter((block) => !isKey(block))
    .map(([text]) => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
  return held(softKeyOf(algorithm, key), ders);
}

/** @throws {Error} naming the file that cannot be used */
export function heldInDirectory(directory: string): HeldCertificate[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.pem'))
    .map((name) => {
      try {
        return ofFile(join(directory, name));
      } catch (cause) {
        throw new Error(`${name}: ${(cause as Error).message}`, { cause });
      }
    });
}
