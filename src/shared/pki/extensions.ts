import { fromBER } from 'asn1js';
import {
  BasicConstraints,
  CRLDistributionPoints,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  InfoAccess,
  NameConstraints,
} from 'pkijs';
import type { Certificate } from './certificate.js';
import { assertStrictDer, DerFault } from './der.js';

export const OID = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  anyUsage: '2.5.29.37.0',
} as const;

/** Kinds of GeneralName (RFC 5280 §4.2.1.6). */
export const NAME_KIND = { email: 1, dns: 2, directory: 4, uri: 6, ip: 7 } as const;

/** An authority's certificate is asked the same at every login: what was read of it is kept as long as it is. */
const kept = new WeakMap<Certificate, Map<string, unknown>>();

/** @throws {DerFault} when the extension is there and is not what it says */
function read<T>(certificate: Certificate, oid: string, as: (schema: never) => T): T | undefined {
  const value = certificate.extensions.get(oid)?.value;
  if (!value) return undefined;
  const known = kept.get(certificate) ?? new Map<string, unknown>();
  kept.set(certificate, known);
  if (!known.has(oid)) known.set(oid, parsed(value, as));
  return known.get(oid) as T;
}

function parsed<T>(value: Buffer, as: (schema: never) => T): T {
  assertStrictDer(value);
  try {
    return as(fromBER(value).result as never);
  } catch (cause) {
    throw new DerFault('an extension that is not what it says', { cause });
  }
}

/** Whether it may issue, and how many authorities may stand between it and a leaf. */
export function basicConstraints(certificate: Certificate): { ca: boolean; pathLength?: number } {
  const found = read(certificate, OID.basicConstraints, (schema) => new BasicConstraints({ schema }));
  const length = found?.pathLenConstraint;
  return { ca: found?.cA ?? false, pathLength: typeof length === 'number' ? length : length?.valueBlock.valueDec };
}

const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;
export type KeyUsage = (typeof USAGES)[number];

/** `undefined` when the certificate does not say. */
export function keyUsage(certificate: Certificate): ReadonlySet<KeyUsage> | undefined {
  const value = certificate.extensions.get(OID.keyUsage)?.value;
  if (!value) return undefined;
  assertStrictDer(value);
  if (value[0] !== 0x03) throw new DerFault('a key usage that is no bit string');
  const bits = value[3] ?? 0;
  return new Set(USAGES.filter((_usage, at) => (bits & (0x80 >> at)) !== 0));
}

/** `undefined` when the certificate does not say. */
export const extendedKeyUsage = (certificate: Certificate): readonly string[] | undefined =>
  read(certificate, OID.extKeyUsage, (schema) => new ExtKeyUsage({ schema }))?.keyPurposes;

export const alternativeNames = (certificate: Certificate): readonly GeneralName[] =>
  read(certificate, OID.subjectAltName, (schema) => new GeneralNames({ schema }))?.names ?? [];

export function nameConstraints(certificate: Certificate): { permitted: GeneralName[]; excluded: GeneralName[] } {
  const found = read(certificate, OID.nameConstraints, (schema) => new NameConstraints({ schema }));
  const subtrees = [...(found?.permittedSubtrees ?? []), ...(found?.excludedSubtrees ?? [])];
  // RFC 5280 §4.2.1.10: minimum is zero and maximum absent.
  if (subtrees.some(({ minimum, maximum }) => Number(minimum) !== 0 || maximum !== undefined)) {
    throw new DerFault('name constraints with a distance');
  }
  return {
    permitted: (found?.permittedSubtrees ?? []).map(({ base }) => base),
    excluded: (found?.excludedSubtrees ?? []).map(({ base }) => base),
  };
}

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);

/** Where the certificate says its revocation list is: asked only after its chain has been verified. */
export function crlAddresses(certificate: Certificate): string[] {
  const found = read(certificate, OID.crlDistributionPoints, (schema) => new CRLDistributionPoints({ schema }));
  const names = (found?.distributionPoints ?? []).flatMap(({ distributionPoint }) =>
    Array.isArray(distributionPoint) ? distributionPoint : [],
  );
  return names.flatMap(({ type, value }) => (type === NAME_KIND.uri && isWeb(String(value)) ? [String(value)] : []));
}

/** Where the certificate says its state can be asked for. */
export function ocspAddresses(certificate: Certificate): string[] {
  const found = read(certificate, OID.authorityInfoAccess, (schema) => new InfoAccess({ schema }));
  return (found?.accessDescriptions ?? [])
    .filter(({ accessMethod, accessLocation }) => accessMethod === OID.ocsp && accessLocation.type === NAME_KIND.uri)
    .map(({ accessLocation }) => String(accessLocation.value))
    .filter(isWeb);
}
