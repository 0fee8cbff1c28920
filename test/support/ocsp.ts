import { createHash } from 'node:crypto';
import { BitString, Enumerated, Integer, Null, OctetString, Primitive, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  BasicOCSPResponse,
  CertID,
  Certificate,
  Extension,
  OCSPRequest,
  OCSPResponse,
  ResponseBytes,
  ResponseData,
  SingleResponse,
} from 'pkijs';
import { algorithmOf } from '../../src/sandbox/authorities/issuing.js';
import type { SoftKey } from '../../src/sandbox/authorities/soft-keys.js';
import type { Certificate as OurCertificate } from '../../src/shared/pki/certificate.js';
import { children, readTlv } from '../../src/shared/pki/der.js';

export interface OcspWanted {
  /** Who signs: the issuer's key, a delegate's, or somebody's. */
  key: SoftKey;
  delegate?: Buffer;
  issuer: OurCertificate;
  serial: string;
  state?: 'good' | 'revoked' | 'unknown';
  thisUpdate: Date;
  nextUpdate?: Date;
  nonce?: Buffer | undefined;
  /** Spoils the signature. */
  unsigned?: boolean;
}

const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const TAGS = { good: 0, revoked: 1, unknown: 2 } as const;

/** RFC 5280 knows no fractions of seconds. */
const whole = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

/** The nonce that a request holds, as it is encoded. */
export function nonceOf(request: Buffer): Buffer {
  const { tbsRequest } = new OCSPRequest({ schema: fromBER(buffer(request)).result });
  const [found] = tbsRequest.requestExtensions ?? [];
  return Buffer.from(found?.extnValue.valueBlock.valueHexView ?? []);
}

const statusOf = (state: 'good' | 'revoked' | 'unknown'): unknown => {
  const time = Buffer.from('180f32303236313132303030303030305a', 'hex');
  const idBlock = { tagClass: 3, tagNumber: TAGS[state] };
  if (state !== 'revoked') return new Primitive({ idBlock, valueHex: new ArrayBuffer(0) } as never);
  return fromBER(buffer(Buffer.concat([Buffer.from([0xa1, time.length]), time]))).result;
};

/** What a responder answers. @returns DER */
export function ocspResponse(wanted: OcspWanted): Buffer {
  const { issuer, key } = wanted;
  const [, bits] = children(issuer.key.spki, readTlv(issuer.key.spki, 0));
  const keyBits = issuer.key.spki.subarray((bits?.from ?? 0) + 1, bits?.to);
  const sha1 = (bytes: Uint8Array) => buffer(createHash('sha1').update(bytes).digest());
  const data = new ResponseData({
    responderID: new OctetString({ valueHex: sha1(keyBits) }),
    producedAt: whole(wanted.thisUpdate),
    responses: [
      new SingleResponse({
        certID: new CertID({
          hashAlgorithm: new AlgorithmIdentifier({ algorithmId: '1.3.14.3.2.26', algorithmParams: new Null() }),
          issuerNameHash: new OctetString({ valueHex: sha1(issuer.subject) }),
          issuerKeyHash: new OctetString({ valueHex: sha1(keyBits) }),
          serialNumber: new Integer({ valueHex: buffer(Buffer.from(wanted.serial, 'hex')) }),
        }),
        certStatus: statusOf(wanted.state ?? 'good') as never,
        thisUpdate: whole(wanted.thisUpdate),
        ...(wanted.nextUpdate ? { nextUpdate: whole(wanted.nextUpdate) } : {}),
      }),
    ],
    ...(wanted.nonce
      ? { responseExtensions: [new Extension({ extnID: NONCE, critical: false, extnValue: buffer(wanted.nonce) })] }
      : {}),
  });
  const tbs = Buffer.from(data.toSchema(true).toBER());
  const signature = key.sign(tbs);
  if (wanted.unsigned) signature[12] = (signature[12] as number) ^ 1;
  const basic = new BasicOCSPResponse({
    tbsResponseData: new ResponseData({ schema: fromBER(buffer(tbs)).result }),
    signatureAlgorithm: algorithmOf(key),
    signature: new BitString({ valueHex: buffer(signature) }),
    ...(wanted.delegate ? { certs: [new Certificate({ schema: fromBER(buffer(wanted.delegate)).result })] } : {}),
  });
  const answer = new OCSPResponse({
    responseStatus: new Enumerated({ value: 0 }),
    responseBytes: new ResponseBytes({
      responseType: '1.3.6.1.5.5.7.48.1.1',
      response: new OctetString({ valueHex: basic.toSchema().toBER() }),
    }),
  });
  return Buffer.from(answer.toSchema().toBER());
}

/** The serial number that a request asks about, hex as a certificate encodes it. */
export function serialOf(request: Buffer): string {
  const { tbsRequest } = new OCSPRequest({ schema: fromBER(buffer(request)).result });
  const [first] = tbsRequest.requestList;
  return Buffer.from(first?.reqCert.serialNumber.valueBlock.valueHexView ?? []).toString('hex');
}
