import { createHash, verify } from 'node:crypto';
import forge from 'node-forge';
import { Refusal } from '../refusal.js';
import type { Certificate } from './certificate.js';
import { isSignedMessage, readSignedMessage } from './cms.js';
import type { SignedMessage } from './cms.js';
import { base64Bytes, certificatesOf, orRefuse } from './intake.js';
import type { PublicKey } from './keys.js';
import { halvesOf } from './signatures.js';
import type { Hash } from './signatures.js';
import { sm2Verify } from './sm2.js';

/** What a person sent: whose certificate, what came along with it, and whether it signs a text. */
export interface SignedChallenge {
  leaf: Certificate;
  offered: readonly Certificate[];
  /** Verifies over our own copy of the challenge, never over what came along. */
  signs: (challenge: Buffer) => boolean;
}

const HASHES: readonly Hash[] = ['sha256', 'sha384', 'sha512'];
type Family = 'rsa' | 'pss' | 'ecdsa' | 'sm2';

/** Digests that a message may name. */
const DIGESTS: Record<string, Hash | 'sm3'> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.156.10197.1.401': 'sm3',
};
/** Signature algorithms that a message may name: with the digest, or the bare algorithm beside it. */
const ALGORITHMS: Record<string, Family> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.11': 'rsa',
  '1.2.840.113549.1.1.12': 'rsa',
  '1.2.840.113549.1.1.13': 'rsa',
  '1.2.840.113549.1.1.10': 'pss',
  '1.2.840.10045.2.1': 'ecdsa',
  '1.2.840.10045.4.3.2': 'ecdsa',
  '1.2.840.10045.4.3.3': 'ecdsa',
  '1.2.840.10045.4.3.4': 'ecdsa',
  '1.2.156.10197.1.301': 'sm2',
  '1.2.156.10197.1.301.1': 'sm2',
  '1.2.156.10197.1.501': 'sm2',
};

/**
 * Reads the two fields of the form: a certificate (PEM or base64 DER, leaf first; may be missing when it is in the
 * message), and a bare signature or signed data, base64.
 * @throws {Refusal} certificate.missing, certificate.malformed, signature.missing, signature.malformed
 */
export function readSignedChallenge(certificate: string, signature: string): SignedChallenge {
  if (signature.trim() === '') throw new Refusal('signature.missing');
  const bytes = base64Bytes(signature);
  if (!bytes) throw new Refusal('signature.malformed');
  const sent = certificate.trim() === '' ? [] : orRefuse('certificate.malformed', () => certificatesOf(certificate));
  if (!isSignedMessage(bytes)) return bare(sent, bytes);
  return signedBy(
    orRefuse('signature.malformed', () => readSignedMessage(bytes)),
    sent,
  );
}

function bare([leaf, ...offered]: readonly Certificate[], signature: Buffer): SignedChallenge {
  if (!leaf) throw new Refusal('certificate.missing');
  return { leaf, offered, signs: (challenge) => verifyBare(leaf.key, challenge, signature) };
}

/** The signer's certificate is the one that the message names, wherever it stands. */
function signedBy(message: SignedMessage, sent: readonly Certificate[]): SignedChallenge {
  const all = [...sent, ...message.certificates];
  const leaf = all.find(message.isSigner);
  if (!leaf && sent.length > 0) throw new Refusal('signature.invalid');
  if (!leaf) throw new Refusal('certificate.missing');
  const offered = all.filter((one) => one !== leaf);
  return { leaf, offered, signs: (challenge) => verifyMessage(leaf.key, challenge, message) };
}

/** A bare signature does not say its hash, so the three we take are tried. */
function verifyBare(key: PublicKey, challenge: Buffer, signature: Buffer): boolean {
  if (key.kind === 'sm2') return verifyAs('sm2', key, 'sm3', challenge, signature);
  const families: Family[] = key.kind === 'rsa' ? ['rsa', 'pss'] : ['ecdsa'];
  return families.some((family) => HASHES.some((hash) => verifyAs(family, key, hash, challenge, signature)));
}

function verifyMessage(key: PublicKey, challenge: Buffer, message: SignedMessage): boolean {
  const digest = DIGESTS[message.digest];
  const family = ALGORITHMS[message.algorithm];
  if (!digest || !family || (message.content && !message.content.equals(challenge))) return false;
  const { attributes, signature } = message;
  if (!attributes) return verifyAs(family, key, digest, challenge, signature);
  if (!createHash(digest).update(challenge).digest().equals(attributes.messageDigest)) return false;
  return verifyAs(family, key, digest, attributes.der, signature);
}

/** The algorithm comes from the certificate's key: a message that names another family does not hold. */
function verifyAs(family: Family, key: PublicKey, hash: Hash | 'sm3', data: Buffer, signature: Buffer): boolean {
  if (key.kind === 'other') return false;
  if (key.kind === 'sm2') {
    const halves = halvesOf(signature, 32) ?? signature;
    return family === 'sm2' && hash === 'sm3' && sm2Verify(key.point, data, halves);
  }
  if (hash === 'sm3') return false;
  if (key.kind === 'rsa')
    return (family === 'rsa' || family === 'pss') && verifyRsa(key.spki, family, hash, data, signature);
  const size = key.kind === 'p256' ? 32 : 48;
  const halves = halvesOf(signature, size) ?? signature;
  if (family !== 'ecdsa' || halves.length !== 2 * size) return false;
  return verify(hash, data, { key: key.object, dsaEncoding: 'ieee-p1363' }, halves);
}

/** RSA by `node-forge`: PKCS#1 v1.5, or PSS with one hash for both and a salt as long as it. */
function verifyRsa(spki: Buffer, family: 'rsa' | 'pss', hash: Hash, data: Buffer, signature: Buffer): boolean {
  const key = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(spki.toString('binary'))) as forge.pki.rsa.PublicKey;
  const digest = createHash(hash).update(data).digest();
  const scheme =
    family === 'rsa'
      ? undefined
      : forge.pss.create({
          md: forge.md[hash].create(),
          mgf: forge.mgf.mgf1.create(forge.md[hash].create()),
          saltLength: digest.length,
        });
  try {
    return key.verify(digest.toString('binary'), signature.toString('binary'), scheme ?? 'RSASSA-PKCS1-V1_5');
  } catch {
    // forge throws where the padding is wrong or the length does not fit: it does not hold.
    return false;
  }
}
