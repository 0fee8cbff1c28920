import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Type, plainToInstance } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { parse } from 'yaml';
import type { LoginMethod } from '../shared/account.js';
import { ConfigurationError, faultsIn } from './faults.js';
import type { Realm } from './env.js';
import { Limits } from './limits-table.js';
import { portalSites } from './portal-sites.js';
import type { PortalSite } from './portal-sites.js';
import { Text } from './text.js';

export { Text } from './text.js';

const IDENTIFIERS = ['phone', 'resident-id', 'user-name'] as const;
const METHODS: readonly LoginMethod[] = ['password', 'sms', 'alipay', 'qr', 'certificate'];
/** What a value of the footer says when the operator has none on purpose. */
const NONE = 'none';

class Labels {
  @ValidateNested()
  @Type(() => Text)
  person!: Text;

  @ValidateNested()
  @Type(() => Text)
  entity!: Text;

  @ValidateNested()
  @Type(() => Text)
  userCentre!: Text;
}

class Agreement {
  @Matches(/^[\w.-]+$/)
  version!: string;

  @ValidateNested()
  @Type(() => Text)
  title!: Text;

  @ValidateNested()
  @Type(() => Text)
  text!: Text;
}

class Login {
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(IDENTIFIERS, { each: true })
  identifiers!: (typeof IDENTIFIERS)[number][];

  @IsArray()
  @ArrayNotEmpty()
  @IsIn(METHODS, { each: true })
  methods!: LoginMethod[];
}

class Lifetimes {
  @IsInt()
  @Min(1)
  sessionIdleMinutes!: number;

  @IsInt()
  @Min(1)
  sessionMaxHours!: number;

  @IsInt()
  @Min(1)
  interactionMinutes!: number;

  @IsInt()
  @Min(1)
  smsCodeMinutes!: number;

  @IsInt()
  @Min(1)
  captchaMinutes!: number;
}

class EntityType {
  @IsString()
  @IsNotEmpty()
  id!: string;

  @ValidateNested()
  @Type(() => Text)
  name!: Text;

  /** The first two characters a credit code of this type may have. */
  @IsArray()
  @Matches(/^[0-9A-Z]{2}$/, { each: true })
  prefixes!: string[];
}

class Hotline {
  @IsString()
  @IsNotEmpty()
  number!: string;

  @ValidateNested()
  @Type(() => Text)
  hours!: Text;
}

class FooterLink {
  @IsString()
  @IsNotEmpty()
  text!: string;

  @IsString()
  @IsNotEmpty()
  href!: string;
}

/** Each value is required in production, or explicitly `none`. */
export class Footer {
  @IsOptional()
  @ValidateNested()
  @Type(() => Text)
  organiser?: Text;

  @IsOptional()
  @ValidateNested()
  @Type(() => Text)
  operator?: Text;

  @IsOptional()
  @IsString()
  siteId?: string;

  @IsOptional()
  @IsString()
  icp?: string;

  @IsOptional()
  @IsString()
  publicSecurity?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => FooterLink)
  officialMark?: FooterLink;

  @IsOptional()
  @ValidateNested()
  @Type(() => FooterLink)
  errorReport?: FooterLink;
}

class ExtraSite {
  @Matches(/^[a-z0-9-]+$/)
  code!: string;

  @ValidateNested()
  @Type(() => Text)
  name!: Text;

  @Matches(/^\d{2,6}$/)
  parent!: string;
}

class SitesOfProvince {
  /** The province's code in GB/T 2260, two digits. */
  @Matches(/^\d{2}$/)
  province!: string;

  @ValidateNested()
  @Type(() => Text)
  provincial!: Text;

  /** What follows a place's name in the name of its site. */
  @ValidateNested()
  @Type(() => Text)
  suffix!: Text;

  /** English names of places by code; a place without one keeps its Chinese name. */
  @IsOptional()
  names?: Record<string, string>;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ExtraSite)
  extra!: ExtraSite[];
}

class JurisdictionFile {
  @Matches(/^[a-z-]+$/)
  id!: string;

  @ValidateNested()
  @Type(() => Text)
  province!: Text;

  @ValidateNested()
  @Type(() => Text)
  portalName!: Text;

  @ValidateNested()
  @Type(() => Text)
  accountName!: Text;

  /** The name in 【】 at the head of each SMS. */
  @IsString()
  @IsNotEmpty()
  smsSign!: string;

  @ValidateNested()
  @Type(() => Labels)
  labels!: Labels;

  @ValidateNested()
  @Type(() => Agreement)
  agreement!: Agreement;

  @ValidateNested()
  @Type(() => Text)
  privacy!: Text;

  @ValidateNested()
  @Type(() => Login)
  login!: Login;

  @IsBoolean()
  captchaBeforeSms!: boolean;

  @IsBoolean()
  representativeFirst!: boolean;

  @ValidateNested()
  @Type(() => Lifetimes)
  lifetimes!: Lifetimes;

  @ValidateNested()
  @Type(() => Limits)
  limits!: Limits;

  @ValidateNested({ each: true })
  @Type(() => EntityType)
  entityTypes!: EntityType[];

  @ValidateNested()
  @Type(() => Hotline)
  hotline!: Hotline;

  @ValidateNested()
  @Type(() => Footer)
  footer!: Footer;

  @ValidateNested()
  @Type(() => SitesOfProvince)
  sites!: SitesOfProvince;

  /** Codes of the demonstration's two sites: the provincial one and a city. */
  @Matches(/^[a-z-]+$/, { each: true })
  demoSites!: string[];
}

/** What differs between provinces, validated at boot and frozen. */
export class Jurisdiction extends JurisdictionFile {
  /** The provincial site and every city, prefecture, county and district. */
  portalSites!: readonly PortalSite[];
}

const FOOTER_KEYS = [
  'organiser',
  'operator',
  'siteId',
  'icp',
  'publicSecurity',
  'officialMark',
  'errorReport',
] as const;

const isGiven = (value: unknown): boolean =>
  value !== undefined && !(typeof value === 'string' && value.includes('示例'));

/** In production each value of the footer is a real one or says `none`; demonstration values are no real numbers. */
export const footerFaults = (footer: Footer): string[] =>
  FOOTER_KEYS.filter((key) => !isGiven(footer[key]) || JSON.stringify(footer[key] ?? '').includes('示例')).map(
    (key) => `footer.${key}: required in production, or the word none`,
  );

const isNone = (value: unknown): boolean =>
  value === NONE || (typeof value === 'object' && value !== null && Object.values(value).includes(NONE));

/** A footer value to show; `undefined` when there is none. */
export const shown = <T>(value: T | undefined): T | undefined => (isNone(value) ? undefined : value);

/** @throws {ConfigurationError} with every fault, each with its path */
export function parseJurisdiction(raw: unknown, what: string, realm: Realm): Readonly<Jurisdiction> {
  if (typeof raw !== 'object' || raw === null) throw new ConfigurationError(what, ['a YAML mapping expected']);
  const file = plainToInstance(Jurisdiction, raw);
  const faults = faultsIn(
    validateSync(file, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
  );
  if (faults.length === 0 && realm === 'production') faults.push(...footerFaults(file.footer));
  if (faults.length > 0) throw new ConfigurationError(what, faults);
  return Object.freeze(Object.assign(file, { portalSites: Object.freeze(portalSites(file.sites)) }));
}

/** Reads `jurisdictions/<id>.yaml` once. @throws {ConfigurationError} */
export function loadJurisdiction(id: string, realm: Realm): Readonly<Jurisdiction> {
  const what = `jurisdictions/${id}.yaml`;
  try {
    return parseJurisdiction(parse(readFileSync(resolve('jurisdictions', `${id}.yaml`), 'utf8')), what, realm);
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError(what, [(cause as Error).message]);
  }
}
