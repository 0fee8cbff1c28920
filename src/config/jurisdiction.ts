import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Type, plainToInstance } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsString,
  Matches,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { parse } from 'yaml';
import { ConfigurationError, faultsIn } from './faults.js';
import type { Realm } from './env.js';
import { Footer, footerFaults } from './footer.js';
import { Agreement, Labels, Login } from './jurisdiction-parts.js';
import { Limits } from './limits-table.js';
import { portalSites } from './portal-sites.js';
import { SitesOfProvince } from './sites-of-province.js';
import type { PortalSite } from './portal-sites.js';
import { Text } from './text.js';

export { Text } from './text.js';

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
