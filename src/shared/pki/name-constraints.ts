import type { GeneralName, RelativeDistinguishedNames } from 'pkijs';
import type { Certificate } from './certificate.js';
import { children, DerFault, readTlv, whole } from './der.js';
import { alternativeNames, NAME_KIND, nameConstraints } from './extensions.js';

/** A name of a certificate, in the kind that constraints of that kind are about. */
interface Name {
  kind: number;
  /** DER of a directory name, bytes of an address, text of everything else. */
  value: Buffer;
}

const EMAIL_ATTRIBUTE = '1.2.840.113549.1.9.1';
const lower = (text: string): Buffer => Buffer.from(text.toLowerCase());

/** @throws {DerFault} for a kind that cannot be compared: constraints on it must not be passed over */
function nameOf({ type, value }: GeneralName): Name {
  if (type === NAME_KIND.directory) {
    return { kind: type, value: Buffer.from((value as RelativeDistinguishedNames).valueBeforeDecode) };
  }
  if (type === NAME_KIND.ip) {
    return {
      kind: type,
      value: Buffer.from((value as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView),
    };
  }
  if (type === NAME_KIND.dns || type === NAME_KIND.email || type === NAME_KIND.uri) {
    return { kind: type, value: lower(String(value)) };
  }
  throw new DerFault('a kind of name that cannot be compared');
}

const rdns = (name: Buffer): Buffer[] => children(name, readTlv(name, 0)).map((part) => whole(name, part));

/** RFC 5280 §4.2.1.10, a function a kind: whether the name lies within the constraint. */
const WITHIN: Record<number, (name: Buffer, base: Buffer) => boolean> = {
  [NAME_KIND.directory]: (name, base) => {
    const parts = rdns(name);
    return rdns(base).every((part, at) => parts[at]?.equals(part));
  },
  [NAME_KIND.dns]: (name, base) =>
    base.length === 0 || `.${String(name)}`.endsWith(`.${String(base).replace(/^\./, '')}`),
  [NAME_KIND.email]: (name, base) => {
    const [address, wanted] = [String(name), String(base)];
    const host = address.slice(address.lastIndexOf('@') + 1);
    if (wanted.includes('@')) return address === wanted;
    return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted;
  },
  [NAME_KIND.uri]: (name, base) => {
    const host = URL.parse(String(name))?.hostname ?? '';
    const wanted = String(base);
    return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted;
  },
  [NAME_KIND.ip]: (name, base) =>
    base.length === 2 * name.length &&
    name.every(
      (byte, at) =>
        (byte & (base[name.length + at] as number)) === ((base[at] as number) & (base[name.length + at] as number)),
    ),
};

const within = (name: Name, base: Name): boolean =>
  name.kind === base.kind && (WITHIN[name.kind]?.(name.value, base.value) ?? false);

function namesOf(certificate: Certificate): Name[] {
  const emails = certificate.subjectParts.filter(([type]) => type === EMAIL_ATTRIBUTE);
  const compared = new Set<number>(Object.values(NAME_KIND));
  return [
    ...(certificate.subject.length > 2 ? [{ kind: NAME_KIND.directory, value: certificate.subject }] : []),
    ...emails.map(([, text]) => ({ kind: NAME_KIND.email, value: lower(text) })),
    ...alternativeNames(certificate).flatMap((name) => (compared.has(name.type) ? [nameOf(name)] : [])),
  ];
}

/** Whether each name of the certificate is one that this issuer may certify. */
export function mayCertify(issuer: Certificate, certificate: Certificate): boolean {
  const { permitted, excluded } = nameConstraints(issuer);
  if (permitted.length + excluded.length === 0) return true;
  const [allowed, barred] = [permitted.map(nameOf), excluded.map(nameOf)];
  return namesOf(certificate).every((name) => {
    const ofKind = allowed.filter(({ kind }) => kind === name.kind);
    const permittedHere = ofKind.length === 0 || ofKind.some((base) => within(name, base));
    return permittedHere && !barred.some((base) => within(name, base));
  });
}
