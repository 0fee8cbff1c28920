import { createHash } from 'node:crypto';
import { Integer, Null, OctetString, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  BasicOCSPResponse,
  CertID,
  Extension,
  OCSPRequest,
  OCSPResponse,
  Request,
  TBSRequest,
} from 'pkijs';
import type { SingleResponse } from 'pkijs';
import { algorithmOf, readCertificate } from '../../shared/pki/certificate.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { assertStrictDer, children, DerFault, readTlv, whole } from '../../shared/pki/der.js';
import { extendedKeyUsage, OID } from '../../shared/pki/extensions.js';
import { verifySignature } from '../../shared/pki/signatures.js';

/** What a responder says of one certificate. */
export interface OcspAnswer {
  state: 'good' | 'revoked' | 'unknown';
  /** Until when it may be believed. */
  until: Date;
}

const NONCE = '1.3.6.1.5.5.7.48.1.2';
const BASIC = '1.3.6.1.5.5.7.48.1.1';
const SUCCESSFUL = 0;
const STATES = ['good', 'revoked', 'unknown'] as const;
const SKEW_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** Of names and keys, to find the certificate again: nothing rests on their strength. */
const CERT_ID_HASHES: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '1.2.156.10197.1.401': 'sm3',
};
const SHA1 = '1.3.14.3.2.26';

const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** The bits of the public key, without the algorithm around them. */
function keyBits({ key }: Certificate): Buffer {
  const [, bits] = children(key.spki, readTlv(key.spki, 0));
  if (!bits) throw new DerFault('no public key');
  return key.spki.subarray(bits.from + 1, bits.to);
}

const hashes = (issuer: Certificate, algorithm: string): [Buffer, Buffer] => [
  createHash(algorithm).update(issuer.subject).digest(),
  createHash(algorithm).update(keyBits(issuer)).digest(),
];

/** Asks after one certificate (RFC 6960). @param nonce 16 bytes or more @returns DER */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce: Buffer): Buffer {
  const [name, key] = hashes(issuer, 'sha1');
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA1, algorithmParams: new Null() }),
    issuerNameHash: new OctetString({ valueHex: exact(name) }),
    issuerKeyHash: new OctetString({ valueHex: exact(key) }),
    serialNumber: new Integer({ valueHex: exact(Buffer.from(certificate.serial, 'hex')) }),
  });
  const inner = new OctetString({ valueHex: exact(nonce) }).toBER();
  const request = new OCSPRequest({
    tbsRequest: new TBSRequest({
      requestList: [new Request({ reqCert })],
      requestExtensions: [new Extension({ extnID: NONCE, critical: false, extnValue: inner })],
    }),
  });
  return Buffer.from(request.toSchema(true).toBER());
}

/**
 * Reads an answer and verifies it: by the issuer, or by somebody whom the issuer has made its responder.
 * @throws {DerFault} for what is no answer to this question: unsigned, of another certificate, stale, another nonce
 */
export function ocspAnswer(
  der: Buffer,
  { certificate, issuer, nonce, now }: { certificate: Certificate; issuer: Certificate; nonce: Buffer; now: Date },
): OcspAnswer {
  assertStrictDer(der);
  try {
    const outer = new OCSPResponse({ schema: fromBER(der).result });
    if (outer.responseStatus.valueBlock.valueDec !== SUCCESSFUL || outer.responseBytes?.responseType !== BASIC) {
      throw new DerFault('no answer');
    }
    const basic = Buffer.from(outer.responseBytes.response.valueBlock.valueHexView);
    return judged(basic, certificate, issuer, nonce, now);
  } catch (cause) {
    throw cause instanceof DerFault ? cause : new DerFault('no answer', { cause });
  }
}

function judged(basic: Buffer, certificate: Certificate, issuer: Certificate, nonce: Buffer, now: Date): OcspAnswer {
  assertStrictDer(basic);
  const [tbs] = children(basic, readTlv(basic, 0));
  const read = new BasicOCSPResponse({ schema: fromBER(basic).result });
  if (!tbs || !isSigned(read, whole(basic, tbs), issuer, now)) throw new DerFault('not signed by who may');
  const { responses, responseExtensions = [] } = read.tbsResponseData;
  const echoed = responseExtensions.find(({ extnID }) => extnID === NONCE);
  const expected = Buffer.from(new OctetString({ valueHex: exact(nonce) }).toBER());
  if (echoed && !Buffer.from(echoed.extnValue.valueBlock.valueHexView).equals(expected)) {
    throw new DerFault('the answer to another question');
  }
  const found = responses.find((one) => isAbout(one, certificate, issuer));
  if (!found) throw new DerFault('an answer about another certificate');
  const until = found.nextUpdate ?? new Date(found.thisUpdate.getTime() + DAY_MS);
  if (found.thisUpdate.getTime() - SKEW_MS > now.getTime() || until <= now) throw new DerFault('a stale answer');
  const state = STATES[(found.certStatus as { idBlock: { tagNumber: number } }).idBlock.tagNumber];
  if (!state) throw new DerFault('a state of another form');
  return { state, until };
}

function isAbout({ certID }: SingleResponse, certificate: Certificate, issuer: Certificate): boolean {
  const algorithm = CERT_ID_HASHES[certID.hashAlgorithm.algorithmId];
  if (!algorithm) return false;
  const [name, key] = hashes(issuer, algorithm);
  const hex = (field: { valueBlock: { valueHexView: Uint8Array } }) => Buffer.from(field.valueBlock.valueHexView);
  return (
    hex(certID.issuerNameHash).equals(name) &&
    hex(certID.issuerKeyHash).equals(key) &&
    hex(certID.serialNumber).toString('hex') === certificate.serial
  );
}

/** By the issuer itself, or by a certificate that came along, was issued by it, is valid, and is meant for this. */
function isSigned(read: BasicOCSPResponse, tbs: Buffer, issuer: Certificate, now: Date): boolean {
  const signature = Buffer.from(read.signature.valueBlock.valueHexView);
  const delegates = (read.certs ?? [])
    .map((one) => readCertificate(Buffer.from(one.toSchema(true).toBER())))
    .filter(
      (one) =>
        one.issuer.equals(issuer.subject) &&
        one.notBefore <= now &&
        one.notAfter >= now &&
        extendedKeyUsage(one)?.includes(OID.ocspSigning) === true &&
        verifySignature(issuer.key, one.algorithm, one.tbs, one.signature),
    );
  const algorithm = algorithmOf(read.signatureAlgorithm);
  return [issuer, ...delegates].some(({ key }) => verifySignature(key, algorithm, tbs, signature));
}
