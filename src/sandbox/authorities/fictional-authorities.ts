import type { CodePlace } from '../../shared/pki/certificate-code.js';
import { issue, pem } from './issuing.js';
import type { NameText } from './issuing.js';
import { newSoftKey, softKeyOf } from './soft-keys.js';
import type { KeyAlgorithm, SoftKey } from './soft-keys.js';

export type FictionalId = 'jit' | 'unicom' | 'hebei' | 'beijing';

/** How one of the four writes its certificates. */
interface Definition {
  name: string;
  nameEn: string;
  algorithm: KeyAlgorithm;
  /** Whether an intermediate issues instead of the root. */
  intermediate: boolean;
  codePlace: CodePlace;
}

export const CODE_EXTENSION = '1.2.156.10260.4.1.4';

/** Fictional authorities named for the roles of: no real authority's certificate is invented. */
export const DEFINITIONS: Record<FictionalId, Definition> = {
  jit: {
    name: '吉大正元（示例）',
    nameEn: 'JIT (example)',
    algorithm: 'rsa',
    intermediate: true,
    codePlace: { extension: CODE_EXTENSION },
  },
  unicom: {
    name: '联通证书（示例）',
    nameEn: 'Unicom CA (example)',
    algorithm: 'p256',
    intermediate: false,
    codePlace: { attribute: 'serialNumber' },
  },
  hebei: {
    name: '河北证书（示例）',
    nameEn: 'Hebei CA (example)',
    algorithm: 'sm2',
    intermediate: false,
    codePlace: { attribute: 'OU', pattern: '^([0-9A-Z]{18})$' },
  },
  beijing: {
    name: '北京证书（示例）',
    nameEn: 'Beijing CA (example)',
    algorithm: 'sm2',
    intermediate: true,
    codePlace: { extension: CODE_EXTENSION },
  },
};

/** Keys and certificates of one authority, as kept between starts. */
export interface KeptAuthority {
  root: { key: string; certificate: string };
  /** Who issues: the root itself, or its intermediate. */
  issuer: { key: string; certificate: string };
}

/** Who signs for an authority. */
export interface Issuer {
  subject: NameText;
  key: SoftKey;
  der: Buffer;
}

const TEN_YEARS_MS = 3653 * 86_400_000;
const DAY_MS = 86_400_000;
const derOf = (text: string): Buffer => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');

const subjectOf = ({ name }: Definition, role: string): NameText => [
  ['C', 'CN'],
  ['O', name],
  ['CN', `${name}${role}`],
];

/** Makes root and, where there is one, intermediate. */
export function makeAuthority(id: FictionalId, now: Date): KeptAuthority {
  const definition = DEFINITIONS[id];
  const validity = { notBefore: new Date(now.getTime() - DAY_MS), notAfter: new Date(now.getTime() + TEN_YEARS_MS) };
  const rootKey = newSoftKey(definition.algorithm);
  const subject = subjectOf(definition, '根');
  const rootDer = issue({ ...validity, subject, spki: rootKey.spki, issuer: { subject, key: rootKey }, authority: {} });
  const root = { key: rootKey.exported, certificate: pem(rootDer) };
  if (!definition.intermediate) return { root, issuer: root };
  const key = newSoftKey(definition.algorithm);
  const der = issue({
    ...validity,
    subject: subjectOf(definition, '签发'),
    spki: key.spki,
    issuer: { subject, key: rootKey },
    authority: { pathLength: 0 },
  });
  return { root, issuer: { key: key.exported, certificate: pem(der) } };
}

/** Root and issuer, ready to sign; one and the same where there is no intermediate. */
export function issuersOf(id: FictionalId, { root, issuer }: KeptAuthority): { root: Issuer; issuer: Issuer } {
  const definition = DEFINITIONS[id];
  const open = (kept: KeptAuthority['root'], role: string): Issuer => ({
    subject: subjectOf(definition, role),
    key: softKeyOf(definition.algorithm, kept.key),
    der: derOf(kept.certificate),
  });
  const opened = open(root, '根');
  return { root: opened, issuer: definition.intermediate ? open(issuer, '签发') : opened };
}

/** Ids of fictional authorities are told by their beginning, as those of demonstration sites are. */
export const isFictional = (id: string): boolean => id.startsWith('demo-');

/** Its entry in the list of what is trusted. */
export function recordOf(id: FictionalId, kept: KeptAuthority, origin: string): Record<string, unknown> {
  const { name, nameEn, codePlace, intermediate } = DEFINITIONS[id];
  const lists = intermediate ? ['root', 'issuer'] : ['root'];
  return {
    id: `demo-${id}`,
    name,
    nameEn,
    certificates: [kept.root.certificate, ...(intermediate ? [kept.issuer.certificate] : [])],
    creditCode: [codePlace],
    revocation: {
      crl: lists.map((which) => `${origin}/sandbox/authorities/${id}/${which}.crl`),
      whenUnknown: 'refuse',
    },
    keys: 'software',
    assistantUrl: `${origin}/sandbox#certificates`,
  };
}
