import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { faultsIn } from '../../config/faults.js';
import { Nested, NestedList } from '../../config/rules.js';
import type { RevocationPolicy } from '../../gateways/revocation/revocation-policy.js';
import { ATTRIBUTES } from '../../shared/pki/certificate-code.js';
import type { CodePlace } from '../../shared/pki/certificate-code.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { DerFault } from '../../shared/pki/der.js';
import { basicConstraints } from '../../shared/pki/extensions.js';
import { certificatesOf } from '../../shared/pki/intake.js';
import { verifySignature } from '../../shared/pki/signatures.js';

const OID = /^[0-2](\.\d+)+$/;
const WEB = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

class CodePlaceRecord {
  /** `serialNumber`, `OU`, …, or an object identifier. */
  @IsOptional()
  @IsString()
  attribute?: string;

  /** A regular expression; its first group, or the whole match, is the code. */
  @IsOptional()
  @IsString()
  pattern?: string;

  @IsOptional()
  @Matches(OID)
  extension?: string;
}

class RevocationRecord implements RevocationPolicy {
  /** Given, even empty, they replace what certificates name. */
  @IsOptional()
  @IsArray()
  @IsUrl(WEB, { each: true })
  crl?: string[];

  @IsOptional()
  @IsArray()
  @IsUrl(WEB, { each: true })
  ocsp?: string[];

  @IsIn(['refuse', 'accept'])
  whenUnknown!: 'refuse' | 'accept';

  /** With `accept`: hours since the last good answer. */
  @IsOptional()
  @Min(0)
  @Max(720)
  graceHours?: number;
}

/** An entry of AUTHORITIES_FILE (docs/certificates.md). */
export class AuthorityRecord {
  @Matches(/^[a-z0-9-]{1,40}$/)
  id!: string;

  @IsString()
  @IsNotEmpty()
  name!: string;

  @IsString()
  @IsNotEmpty()
  nameEn!: string;

  /** PEM: self-signed ones are anchors, the others help to find the way. */
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  certificates!: string[];

  @NestedList(() => CodePlaceRecord)
  @ArrayMinSize(1)
  creditCode!: CodePlaceRecord[];

  @Nested(() => RevocationRecord)
  revocation!: RevocationRecord;

  /** Where its keys live, which decides `hwk` or `swk`; hardware unless given. */
  @IsOptional()
  @IsIn(['hardware', 'software'])
  keys?: 'hardware' | 'software';

  /** Where its driver and certificate assistant are found. */
  @IsOptional()
  @IsUrl(WEB)
  assistantUrl?: string;
}

/** An authority that is trusted now. */
export interface TrustedAuthority {
  id: string;
  name: Readonly<Record<'zh-CN' | 'en', string>>;
  anchors: readonly Certificate[];
  intermediates: readonly Certificate[];
  codePlaces: readonly CodePlace[];
  revocation: RevocationPolicy;
  keys: 'hardware' | 'software';
  assistantUrl?: string;
}

const isSelfSigned = (one: Certificate): boolean =>
  one.issuer.equals(one.subject) && verifySignature(one.key, one.algorithm, one.tbs, one.signature);

/** The certificates of an entry, or what is wrong with one of them. */
function certificatesOfRecord(texts: readonly string[]): { found: Certificate[]; faults: string[] } {
  const found: Certificate[] = [];
  const faults: string[] = [];
  for (const [at, text] of texts.entries()) {
    try {
      found.push(...certificatesOf(text));
    } catch (fault) {
      if (!(fault instanceof DerFault)) throw fault;
      faults.push(`certificates.${at}: ${fault.message}`);
    }
  }
  if (faults.length === 0 && found.some((one) => !basicConstraints(one).ca)) {
    faults.push('certificates: one of them is no authority (basic constraints)');
  }
  if (faults.length === 0 && !found.some(isSelfSigned))
    faults.push('certificates: none is self-signed, so none is an anchor');
  return { found, faults };
}

function placeFaults(place: CodePlaceRecord, at: number): string[] {
  const { attribute, extension, pattern } = place;
  if ((attribute === undefined) === (extension === undefined)) {
    return [`creditCode.${at}: either attribute or extension expected`];
  }
  if (attribute !== undefined && !(attribute in ATTRIBUTES) && !OID.test(attribute)) {
    return [`creditCode.${at}.attribute: ${Object.keys(ATTRIBUTES).join(', ')} or an object identifier expected`];
  }
  if (pattern === undefined) return [];
  try {
    void new RegExp(pattern, 'u');
    return [];
  } catch {
    return [`creditCode.${at}.pattern: a regular expression expected`];
  }
}

/** Everything that is wrong with an entry, each with its field. */
export function faultsOfRecord(raw: unknown): string[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return ['a mapping expected'];
  const record = plainToInstance(AuthorityRecord, raw);
  const shape = faultsIn(validateSync(record, { whitelist: true, forbidNonWhitelisted: true }));
  if (shape.length > 0) return shape;
  return [...record.creditCode.flatMap(placeFaults), ...certificatesOfRecord(record.certificates).faults];
}

/** The authority of an entry without faults. */
export function authorityOf(raw: Record<string, unknown>): TrustedAuthority {
  const record = plainToInstance(AuthorityRecord, raw);
  const { found } = certificatesOfRecord(record.certificates);
  return {
    id: record.id,
    name: { 'zh-CN': record.name, en: record.nameEn },
    anchors: found.filter(isSelfSigned),
    intermediates: found.filter((one) => !isSelfSigned(one)),
    codePlaces: record.creditCode as CodePlace[],
    revocation: record.revocation,
    keys: record.keys ?? 'hardware',
    assistantUrl: record.assistantUrl,
  };
}
