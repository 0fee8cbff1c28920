import { Refusal } from '../refusal.js';
import type { RefusalCode } from '../refusal.js';
import { shownName } from './certificate.js';
import type { Certificate } from './certificate.js';
import { DerFault } from './der.js';
import { basicConstraints, extendedKeyUsage, keyUsage, OID } from './extensions.js';
import { mayCertify } from './name-constraints.js';
import { schemeOf, verifySignature } from './signatures.js';

/** What an operator trusts: self-signed certificates are anchors, the others only help to find a way to one. */
export interface TrustStore {
  anchors: readonly Certificate[];
  intermediates: readonly Certificate[];
}

/** From the leaf to an anchor. */
export type Chain = readonly [leaf: Certificate, ...issuers: Certificate[]];

type Verdict = RefusalCode | undefined;
type Check = (chain: Chain, now: Date) => Verdict;

const MOST_CERTIFICATES = 6;
const MOST_CHAINS = 32;
const MOST_OFFERED = 10;
const SKEW_MS = 5 * 60_000;
const LEAST_RSA_BITS = 2048;
const MOST_RSA_BITS = 8192;
const LEAST_EXPONENT = 65537n;
/** OpenSSL's own bound; node-forge has none, and takes seconds over an exponent as long as the modulus. */
const MOST_EXPONENT_BITS = 64n;

/** Critical extensions that are understood; an unknown one is a rule we would break by passing over it. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extKeyUsage,
  OID.nameConstraints,
  OID.certificatePolicies,
  OID.subjectAltName,
]);
/** Rules about policies that we do not carry out, critical or not. */
const NOT_CARRIED_OUT = [OID.policyMappings, OID.policyConstraints, OID.inhibitAnyPolicy];

const issuersOf = ([, ...issuers]: Chain): Certificate[] => issuers;
/** Each certificate with the one that issued it. */
const links = (chain: Chain): [Certificate, Certificate][] =>
  issuersOf(chain).map((issuer, at) => [chain[at] as Certificate, issuer]);

function isWeakKey({ key }: Certificate): boolean {
  if (key.kind === 'other') return true;
  if (key.kind !== 'rsa') return false;
  const { bits, exponent } = key;
  const wrongExponent = exponent < LEAST_EXPONENT || exponent >> MOST_EXPONENT_BITS > 0n || exponent % 2n === 0n;
  return bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS || wrongExponent;
}

const isWeak = (certificate: Certificate): boolean =>
  certificate.version !== 3 ||
  isWeakKey(certificate) ||
  !certificate.innerAlgorithm.der.equals(certificate.algorithm.der) ||
  schemeOf(certificate.algorithm) === undefined;

/** An anchor is trusted for its key: how it was signed by itself does not matter. */
const strength: Check = (chain) => {
  const anchor = chain.at(-1) as Certificate;
  return isWeakKey(anchor) || chain.slice(0, -1).some(isWeak) ? 'certificate.weak' : undefined;
};

/** Good signatures, by the certificates as they were read: those of the operator's own are verified once, not at every login. */
const verified = new WeakMap<Certificate, WeakSet<Certificate>>();

function isSignedBy(one: Certificate, issuer: Certificate): boolean {
  if (verified.get(one)?.has(issuer)) return true;
  if (!verifySignature(issuer.key, one.algorithm, one.tbs, one.signature)) return false;
  verified.set(one, (verified.get(one) ?? new WeakSet()).add(issuer));
  return true;
}

/** From the anchor down: who brings certificates of their own along cannot forge the first, and makes us verify no more. */
const signatures: Check = (chain) =>
  links(chain)
    .toReversed()
    .every(([one, issuer]) => isSignedBy(one, issuer))
    ? undefined
    : 'certificate.forged';

const begun: Check = (chain, now) =>
  chain.some(({ notBefore }) => notBefore.getTime() - SKEW_MS > now.getTime())
    ? 'certificate.not-yet-valid'
    : undefined;

const notEnded: Check = (chain, now) =>
  chain.some(({ notAfter }) => notAfter.getTime() < now.getTime()) ? 'certificate.expired' : undefined;

const authorities: Check = (chain) => {
  const all = issuersOf(chain).every((one) => basicConstraints(one).ca && keyUsage(one)?.has('keyCertSign') !== false);
  return all ? undefined : 'certificate.untrusted';
};

/** How many authorities may stand between this one and the leaf; those that are issued by themselves do not count. */
const pathLengths: Check = (chain) => {
  const between = (at: number) => chain.slice(1, at).filter(({ issuer, subject }) => !issuer.equals(subject)).length;
  const kept = issuersOf(chain).every((one, at) => (basicConstraints(one).pathLength ?? Infinity) >= between(at + 1));
  return kept ? undefined : 'certificate.untrusted';
};

const names: Check = (chain) => {
  const kept = issuersOf(chain).every((issuer, at) => chain.slice(0, at + 1).every((one) => mayCertify(issuer, one)));
  return kept ? undefined : 'certificate.untrusted';
};

/** A certificate for signing (not the encryption twin of a pair), of somebody who is no authority. */
const use: Check = ([leaf]) => {
  const usage = keyUsage(leaf);
  const signs = usage?.has('digitalSignature') === true || usage?.has('nonRepudiation') === true;
  const purposes = extendedKeyUsage(leaf);
  const forClients = purposes?.some((one) => one === OID.clientAuth || one === OID.anyUsage) ?? true;
  return basicConstraints(leaf).ca || !signs || !forClients ? 'certificate.wrong-use' : undefined;
};

const criticals: Check = (chain) => {
  const kept = chain.every(({ extensions }) =>
    [...extensions].every(
      ([oid, { critical }]) => (!critical || UNDERSTOOD.has(oid)) && !NOT_CARRIED_OUT.includes(oid as never),
    ),
  );
  return kept ? undefined : 'certificate.unsupported';
};

/** RFC 5280 §6 as a list: run in order, each with its own refusal. */
const CHECKS: readonly Check[] = [
  strength,
  signatures,
  begun,
  notEnded,
  authorities,
  pathLengths,
  names,
  use,
  criticals,
];

/** A step is by the issuer's name, in its very bytes; several authorities may share one (a rollover, a forgery). */
function chainsFrom(chain: Chain, { anchors, intermediates }: TrustStore, found: Chain[]): Chain[] {
  const last = chain.at(-1) as Certificate;
  const issued = (one: Certificate) => one.subject.equals(last.issuer) && !chain.some(({ der }) => der.equals(one.der));
  for (const anchor of anchors.filter(issued)) if (found.length < MOST_CHAINS) found.push([...chain, anchor] as const);
  if (chain.length + 1 >= MOST_CERTIFICATES) return found;
  for (const one of intermediates.filter(issued)) {
    if (found.length < MOST_CHAINS) chainsFrom([...chain, one], { anchors, intermediates }, found);
  }
  return found;
}

function firstFault(chain: Chain, now: Date): { at: number; code?: RefusalCode } {
  for (const [at, check] of CHECKS.entries()) {
    const code = faultOf(check, chain, now);
    if (code) return { at, code };
  }
  return { at: CHECKS.length };
}

function faultOf(check: Check, chain: Chain, now: Date): Verdict {
  try {
    return check(chain, now);
  } catch (fault) {
    if (fault instanceof DerFault) return 'certificate.malformed';
    throw fault;
  }
}

/**
 * The chain from this leaf to an operator's anchor that passes every check. Of several the one that gets furthest says
 * what is wrong.
 * @param offered certificates that came along: they help to find a way, and are trusted no more than any other
 * @throws {Refusal} certificate.weak, .untrusted, .forged, .not-yet-valid, .expired, .wrong-use, .unsupported, .malformed
 */
export function trustedChain(leaf: Certificate, offered: readonly Certificate[], store: TrustStore, now: Date): Chain {
  if (isWeak(leaf)) throw refusal('certificate.weak', leaf);
  const intermediates = [...store.intermediates, ...offered.slice(0, MOST_OFFERED)];
  const judged = chainsFrom([leaf], { anchors: store.anchors, intermediates }, []).map((chain) => ({
    chain,
    ...firstFault(chain, now),
  }));
  const good = judged.find(({ code }) => code === undefined);
  if (good) return good.chain;
  const [best] = judged.toSorted((a, b) => b.at - a.at);
  throw refusal(best?.code ?? 'certificate.untrusted', leaf);
}

const day = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10));

/** What the texts of these refusals may name. */
const refusal = (code: RefusalCode, { issuerParts, notBefore, notAfter }: Certificate): Refusal =>
  new Refusal(code, { values: { authority: shownName(issuerParts), from: day(notBefore), until: day(notAfter) } });
