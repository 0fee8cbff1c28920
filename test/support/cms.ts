import { createHash } from 'node:crypto';
import { Integer, ObjectIdentifier, OctetString, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  RelativeDistinguishedNames,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { Issued } from './ca.js';

const DIGEST = { sha256: '2.16.840.1.101.3.4.2.1', sm3: '1.2.156.10197.1.401' } as const;
const ALGORITHM = {
  rsa: '1.2.840.113549.1.1.1',
  p256: '1.2.840.10045.4.3.2',
  p384: '1.2.840.10045.4.3.2',
  sm2: '1.2.156.10197.1.501',
};

export interface CmsWanted {
  content: Buffer;
  attached?: boolean;
  attributes?: boolean;
  /** Object identifiers of GB/T 35275 instead of PKCS#7's. */
  national?: boolean;
  certificates?: readonly Buffer[];
  signers?: readonly Issued[];
  /** What the attributes say, when it is not the truth. */
  saidDigest?: Buffer;
  saidType?: string;
  /** Attributes to leave out, by their object identifiers. */
  without?: readonly string[];
}

const buffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

function signerOf(
  by: Issued,
  { content, attributes, saidDigest, saidType, without = [] }: CmsWanted,
  type: string,
): SignerInfo {
  const hash = by.key.algorithm === 'sm2' ? 'sm3' : 'sha256';
  const digest = saidDigest ?? createHash(hash).update(content).digest();
  const signedAttrs = new SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      new Attribute({ type: '1.2.840.113549.1.9.3', values: [new ObjectIdentifier({ value: saidType ?? type })] }),
      new Attribute({ type: '1.2.840.113549.1.9.4', values: [new OctetString({ valueHex: buffer(digest) })] }),
    ].filter((one) => !without.includes(one.type)),
  });
  const signed = Buffer.from(signedAttrs.toSchema().toBER());
  signed[0] = 0x31;
  const signature = by.key.sign(attributes ? signed : content);
  return new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: new RelativeDistinguishedNames({ schema: fromBER(buffer(by.certificate.issuer)).result }),
      serialNumber: new Integer({ valueHex: buffer(Buffer.from(by.certificate.serial, 'hex')) }),
    }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: DIGEST[hash] }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: ALGORITHM[by.key.algorithm] }),
    ...(attributes ? { signedAttrs } : {}),
    signature: new OctetString({ valueHex: buffer(signature) }),
  });
}

/** Signed data as a driver would make it. @returns DER */
export function cmsOf(wanted: CmsWanted & { signers: readonly Issued[] }): Buffer {
  const { national, attached, content, certificates = [], signers } = wanted;
  const type = national ? '1.2.156.10197.6.1.4.2.1' : '1.2.840.113549.1.7.1';
  const data = new SignedData({
    version: 1,
    digestAlgorithms: [
      new AlgorithmIdentifier({ algorithmId: DIGEST[signers[0]?.key.algorithm === 'sm2' ? 'sm3' : 'sha256'] }),
    ],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: type }),
    ...(certificates.length > 0
      ? { certificates: certificates.map((der) => new Certificate({ schema: fromBER(buffer(der)).result })) }
      : {}),
    signerInfos: signers.map((by) => signerOf(by, wanted, type)),
  });
  // Set afterwards: the constructor would cut it into pieces, which is no DER.
  if (attached) data.encapContentInfo.eContent = new OctetString({ valueHex: buffer(content) });
  const outer = new ContentInfo({
    contentType: national ? '1.2.156.10197.6.1.4.2.2' : '1.2.840.113549.1.7.2',
    content: data.toSchema(true),
  });
  return Buffer.from(outer.toSchema().toBER());
}
