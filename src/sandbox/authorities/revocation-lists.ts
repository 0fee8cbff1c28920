import { BitString, Integer } from 'asn1js';
import { CertificateRevocationList, Extension, Extensions, RevokedCertificate } from 'pkijs';
import { OID } from '../../shared/pki/extensions.js';
import { algorithmOf, nameOf, timeOf } from './issuing.js';
import type { NameText } from './issuing.js';
import type { SoftKey } from './soft-keys.js';

/** What is wanted of a revocation list. */
export interface ListOrder {
  issuer: { subject: NameText; key: SoftKey };
  thisUpdate: Date;
  nextUpdate?: Date;
  number: number;
  revoked: readonly { serial: Buffer; at: Date; reason?: number }[];
  extensions?: readonly (readonly [oid: string, value: Buffer, critical: boolean])[];
}

const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const extension = (extnID: string, value: Uint8Array, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: exact(value) });

/** pkijs signs by WebCrypto only, which knows no SM2: so the bytes to be signed are taken out. */
class ListToSign extends CertificateRevocationList {
  toBeSigned(): ArrayBuffer {
    return this.encodeTBS().toBER();
  }
}

/** Signs a list (RFC 5280 §5). @returns its DER */
export function revocationList(order: ListOrder): Buffer {
  const { issuer, revoked, extensions = [] } = order;
  const list = new ListToSign({
    version: 1,
    signature: algorithmOf(issuer.key),
    issuer: nameOf(issuer.subject),
    thisUpdate: timeOf(order.thisUpdate),
    ...(order.nextUpdate ? { nextUpdate: timeOf(order.nextUpdate) } : {}),
    ...(revoked.length > 0 ? { revokedCertificates: revoked.map(entryOf) } : {}),
    crlExtensions: new Extensions({
      extensions: [
        extension(OID.crlNumber, Buffer.from(new Integer({ value: order.number }).toBER())),
        ...extensions.map(([oid, value, critical]) => extension(oid, value, critical)),
      ],
    }),
    signatureAlgorithm: algorithmOf(issuer.key),
  });
  const tbs = list.toBeSigned();
  list.tbsView = new Uint8Array(tbs);
  list.signatureValue = new BitString({ valueHex: exact(issuer.key.sign(new Uint8Array(tbs))) });
  return Buffer.from(list.toSchema(true).toBER());
}

function entryOf({ serial, at, reason }: ListOrder['revoked'][number]): RevokedCertificate {
  return new RevokedCertificate({
    userCertificate: new Integer({ valueHex: exact(serial) }),
    revocationDate: timeOf(at),
    ...(reason === undefined
      ? {}
      : {
          crlEntryExtensions: new Extensions({
            extensions: [extension(OID.reasonCode, Buffer.from([0x0a, 0x01, reason]))],
          }),
        }),
  });
}
