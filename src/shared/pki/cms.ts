import { fromBER } from 'asn1js';
import type { ObjectIdentifier, OctetString } from 'asn1js';
import { Certificate as PkiCertificate, ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs';
import type { SignerInfo } from 'pkijs';
import { readCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';
import { assertStrictDer, children, DerFault, readTlv, whole } from './der.js';

/** Signed data of one signer (RFC 5652; GB/T 35275 has the same syntax under its own types). */
export interface SignedMessage {
  certificates: Certificate[];
  /** What is signed, when it came along. */
  content?: Buffer;
  /** Object identifiers of the digest and of the signature algorithm. */
  digest: string;
  algorithm: string;
  /** DER of the signed attributes as they are signed (a SET), and the digest that they hold. */
  attributes?: { der: Buffer; messageDigest: Buffer };
  signature: Buffer;
  isSigner: (certificate: Certificate) => boolean;
}

const SIGNED_DATA = new Set(['1.2.840.113549.1.7.2', '1.2.156.10197.6.1.4.2.2']);
const DATA = new Set(['1.2.840.113549.1.7.1', '1.2.156.10197.6.1.4.2.1']);
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const LARGEST = 64 * 1024;
const SET = 0x31;

/** Whether these bytes look like signed data rather than a bare signature. */
export function isSignedMessage(der: Buffer): boolean {
  try {
    const [type] = children(der, readTlv(der, 0));
    return der[0] === 0x30 && type?.tag === 0x06;
  } catch (fault) {
    if (fault instanceof DerFault) return false;
    throw fault;
  }
}

/** @throws {DerFault} for anything but strict DER of signed data with exactly one signer */
export function readSignedMessage(der: Buffer): SignedMessage {
  if (der.length > LARGEST) throw new DerFault('too large');
  assertStrictDer(der);
  try {
    return parsed(der);
  } catch (cause) {
    throw cause instanceof DerFault ? cause : new DerFault('not signed data', { cause });
  }
}

function parsed(der: Buffer): SignedMessage {
  const outer = new ContentInfo({ schema: fromBER(der).result });
  if (!SIGNED_DATA.has(outer.contentType)) throw new DerFault('not signed data');
  const data = new SignedData({ schema: outer.content });
  const [signer] = data.signerInfos;
  if (!signer || data.signerInfos.length !== 1) throw new DerFault('one signer expected');
  const { eContentType: type, eContent } = data.encapContentInfo;
  if (!DATA.has(type)) throw new DerFault('plain data expected');
  const certificates = (data.certificates ?? []).map((item) => {
    if (!(item instanceof PkiCertificate)) throw new DerFault('a certificate of another kind');
    return readCertificate(Buffer.from(item.toSchema(true).toBER()));
  });
  return {
    certificates,
    content: eContent && Buffer.from(eContent.getValue()),
    digest: signer.digestAlgorithm.algorithmId,
    algorithm: signer.signatureAlgorithm.algorithmId,
    attributes: attributesOf(signer, type),
    signature: Buffer.from(signer.signature.valueBlock.valueHexView),
    isSigner: (certificate) => signs(signer, certificate),
  };
}

/** Both attributes once each, the content type the right one (RFC 5652 §5.3, §11). */
function attributesOf({ signedAttrs }: SignerInfo, contentType: string): SignedMessage['attributes'] {
  if (!signedAttrs) return undefined;
  const one = (wanted: string) => {
    const found = signedAttrs.attributes.filter(({ type }) => type === wanted);
    const [value] = found[0]?.values ?? [];
    if (found.length !== 1 || found[0]?.values.length !== 1) throw new DerFault('a signed attribute that is missing');
    return value as unknown;
  };
  const type = (one(CONTENT_TYPE) as ObjectIdentifier).valueBlock.toString();
  if (type !== contentType) throw new DerFault('signed attributes of another content');
  const messageDigest = Buffer.from((one(MESSAGE_DIGEST) as OctetString).valueBlock.valueHexView);
  const der = Buffer.from(signedAttrs.encodedValue);
  der[0] = SET;
  return { der, messageDigest };
}

/** By issuer and serial number, or by subject key identifier. */
function signs({ sid }: SignerInfo, certificate: Certificate): boolean {
  if (sid instanceof IssuerAndSerialNumber) {
    const serial = Buffer.from(sid.serialNumber.valueBlock.valueHexView).toString('hex');
    return serial === certificate.serial && Buffer.from(sid.issuer.valueBeforeDecode).equals(certificate.issuer);
  }
  const identifier = certificate.extensions.get('2.5.29.14')?.value;
  if (!identifier) return false;
  const wanted = Buffer.from((sid as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView);
  const held = readTlv(identifier, 0);
  return whole(identifier, { ...held, at: held.from }).equals(wanted);
}
