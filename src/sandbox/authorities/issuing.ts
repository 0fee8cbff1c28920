import { randomBytes } from 'node:crypto';
import { BitString, Integer, Null, PrintableString, Sequence, Set as Asn1Set, Utf8String, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ExtKeyUsage,
  Extension,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  RSASSAPSSParams,
  Time,
} from 'pkijs';
import { ATTRIBUTES } from '../../shared/pki/certificate-code.js';
import { OID } from '../../shared/pki/extensions.js';
import type { KeyUsage } from '../../shared/pki/extensions.js';
import type { SignOptions, SoftKey } from './soft-keys.js';

/** Attributes by their short names or object identifiers, in order. */
export type NameText = readonly (readonly [attribute: string, text: string])[];

/** What is wanted of a certificate. Everything has a sensible value unless given. */
export interface CertificateOrder {
  subject: NameText;
  /** Whose key it certifies. */
  spki: Buffer;
  issuer: { subject: NameText; key: SoftKey };
  notBefore: Date;
  notAfter: Date;
  serial?: Buffer;
  usage?: readonly KeyUsage[];
  purposes?: readonly string[];
  /** Makes it an authority. */
  authority?: { pathLength?: number };
  /** More extensions: object identifier, DER of the value, critical or not. */
  extensions?: readonly (readonly [oid: string, value: Buffer, critical: boolean])[];
  signing?: SignOptions;
  /** 3 unless given. */
  version?: 1 | 3;
}

const USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
];
/** RFC 5280: these are printable strings, everything else is UTF-8. */
const PRINTABLE = new Set(['2.5.4.6', '2.5.4.5']);
const COUNTRY = '2.5.4.6';

const oidOf = (attribute: string): string => (attribute === 'C' ? COUNTRY : (ATTRIBUTES[attribute] ?? attribute));

/** A name: one attribute a step, which pkijs on its own would put into one step together. */
export function nameOf(parts: NameText): RelativeDistinguishedNames {
  const steps = parts.map(([attribute, text]) => {
    const type = oidOf(attribute);
    const value = PRINTABLE.has(type) ? new PrintableString({ value: text }) : new Utf8String({ value: text });
    return new Asn1Set({ value: [new AttributeTypeAndValue({ type, value }).toSchema()] });
  });
  return new RelativeDistinguishedNames({ schema: fromBER(new Sequence({ value: steps }).toBER()).result });
}

/** The bits, with those behind the last one cut off, as DER wants it. */
function usageBits(usages: readonly KeyUsage[]): Buffer {
  const byte = usages.reduce((bits, usage) => bits | (0x80 >> USAGES.indexOf(usage)), 0);
  const unused = byte === 0 ? 0 : 31 - Math.clz32(byte & -byte);
  return Buffer.from([0x03, 0x02, unused, byte]);
}

const extension = (oid: string, value: Buffer, critical = false): Extension =>
  new Extension({ extnID: oid, critical, extnValue: new Uint8Array(value).buffer });

const derOfSchema = (item: { toSchema: () => { toBER: (sizeOnly?: boolean) => ArrayBuffer } }): Buffer =>
  Buffer.from(item.toSchema().toBER());

function extensionsOf(order: CertificateOrder): Extension[] {
  const { authority, usage = authority ? ['keyCertSign', 'cRLSign'] : ['digitalSignature', 'nonRepudiation'] } = order;
  const { purposes, extensions = [] } = order;
  // pkijs reads a length that is there and undefined as 0.
  const constraints = new BasicConstraints({
    cA: true,
    ...(authority?.pathLength === undefined ? {} : { pathLenConstraint: authority.pathLength }),
  });
  return [
    ...(authority ? [extension(OID.basicConstraints, derOfSchema(constraints), true)] : []),
    ...(usage.length > 0 ? [extension(OID.keyUsage, usageBits(usage), true)] : []),
    ...(purposes ? [extension(OID.extKeyUsage, derOfSchema(new ExtKeyUsage({ keyPurposes: [...purposes] })))] : []),
    ...extensions.map(([oid, value, critical]) => extension(oid, value, critical)),
  ];
}

const RSA_WITH: Record<string, string> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const ECDSA_WITH: Record<string, string> = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};
const HASH: Record<string, [oid: string, bytes: number]> = {
  sha1: ['1.3.14.3.2.26', 20],
  sha256: ['2.16.840.1.101.3.4.2.1', 32],
  sha384: ['2.16.840.1.101.3.4.2.2', 48],
  sha512: ['2.16.840.1.101.3.4.2.3', 64],
};

/** How a signature by this key is named beside it. */
export function algorithmOf(
  { algorithm }: SoftKey,
  { hash = 'sha256', pss = false }: SignOptions = {},
): AlgorithmIdentifier {
  if (algorithm === 'sm2') return new AlgorithmIdentifier({ algorithmId: '1.2.156.10197.1.501' });
  if (algorithm !== 'rsa') return new AlgorithmIdentifier({ algorithmId: ECDSA_WITH[hash] as string });
  if (!pss) return new AlgorithmIdentifier({ algorithmId: RSA_WITH[hash] as string, algorithmParams: new Null() });
  const [oid, saltLength] = HASH[hash] as [string, number];
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: oid, algorithmParams: new Null() });
  const mask = { algorithmId: '1.2.840.113549.1.1.8', algorithmParams: hashAlgorithm.toSchema() };
  const parameters = new RSASSAPSSParams({
    hashAlgorithm,
    maskGenAlgorithm: new AlgorithmIdentifier(mask),
    saltLength,
  });
  return new AlgorithmIdentifier({ algorithmId: '1.2.840.113549.1.1.10', algorithmParams: parameters.toSchema() });
}

/** 16 random bytes, positive. */
export function newSerial(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  return serial;
}

const exact = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

/** Issues a certificate. @returns its DER */
export function issue(order: CertificateOrder): Buffer {
  const { issuer, signing, version = 3, serial = newSerial() } = order;
  const extensions = version === 3 ? extensionsOf(order) : [];
  const certificate = new Certificate({
    version: version - 1,
    serialNumber: new Integer({ valueHex: exact(serial) }),
    issuer: nameOf(issuer.subject),
    notBefore: timeOf(order.notBefore),
    notAfter: timeOf(order.notAfter),
    subject: nameOf(order.subject),
    subjectPublicKeyInfo: new PublicKeyInfo({ schema: fromBER(exact(order.spki)).result }),
    ...(extensions.length > 0 ? { extensions } : {}),
    signature: algorithmOf(issuer.key, signing),
    signatureAlgorithm: algorithmOf(issuer.key, signing),
  });
  const tbs = certificate.encodeTBS().toBER();
  certificate.tbsView = new Uint8Array(tbs);
  certificate.signatureValue = new BitString({ valueHex: exact(issuer.key.sign(new Uint8Array(tbs), signing)) });
  return Buffer.from(certificate.toSchema(true).toBER());
}

/** RFC 5280 §4.1.2.5: UTCTime until 2049, GeneralizedTime after that. */
export const timeOf = (value: Date): Time => new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });

/** An extension's value that is a text: how some authorities write the credit code. */
export const printable = (value: string): Buffer => Buffer.from(new PrintableString({ value }).toBER());

export const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
