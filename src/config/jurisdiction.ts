import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsString,
  Matches,
  validateSync,
} from 'class-validator';
import { parse } from 'yaml';
import type { Realm } from './env.js';
import { ConfigurationError, faultsIn, frozen } from './faults.js';
import { Footer, footerFaults } from './footer.js';
import { consistencyFaults, exampleFaults } from './jurisdiction-faults.js';
import { Agreement, DEMO_AUTHORITIES, EntityType, Hotline, Labels, Lifetimes, Login } from './jurisdiction-parts.js';
import { Limits } from './limits-table.js';
import { portalSites } from './portal-sites.js';
import type { PortalSite } from './portal-sites.js';
import { Nested, NestedList } from './rules.js';
import { DemoSiteCode, SitesOfProvince } from './sites-of-province.js';
import { Text } from './text.js';

export type { EntityTypeId } from './jurisdiction-parts.js';
export { Text } from './text.js';

class JurisdictionFile {
  @Matches(/^[a-z-]+$/)
  id!: string;

  @Nested(() => Text)
  province!: Text;

  @Nested(() => Text)
  portalName!: Text;

  @Nested(() => Text)
  accountName!: Text;

  /** The name in 【】 at the head of each SMS. */
  @IsString()
  @IsNotEmpty()
  smsSign!: string;

  @Nested(() => Labels)
  labels!: Labels;

  @Nested(() => Agreement)
  agreement!: Agreement;

  @Nested(() => Text)
  privacy!: Text;

  @Nested(() => Text)
  accessibility!: Text;

  @Nested(() => Login)
  login!: Login;

  @IsBoolean()
  captchaBeforeSms!: boolean;

  @IsBoolean()
  representativeFirst!: boolean;

  /** An SMS code comes before a certificate is bound or unbound in the user centre. */
  @IsBoolean()
  codeBeforeCertificate!: boolean;

  @Nested(() => Lifetimes)
  lifetimes!: Lifetimes;

  @Nested(() => Limits)
  limits!: Limits;

  @NestedList(() => EntityType)
  @ArrayMinSize(1)
  entityTypes!: EntityType[];

  @Nested(() => Hotline)
  hotline!: Hotline;

  @Nested(() => Footer)
  footer!: Footer;

  @Nested(() => SitesOfProvince)
  sites!: SitesOfProvince;

  /** The demonstration's two sites: the provincial one and a city. */
  @NestedList(() => DemoSiteCode)
  @ArrayMinSize(2)
  @ArrayMaxSize(2)
  demoSites!: DemoSiteCode[];

  /** Which of the demonstration's fictional certificate authorities are trusted here. */
  @IsArray()
  @ArrayUnique()
  @IsIn(DEMO_AUTHORITIES, { each: true })
  demoAuthorities!: (typeof DEMO_AUTHORITIES)[number][];
}

/** What differs between provinces, validated at boot and frozen. */
export class Jurisdiction extends JurisdictionFile {
  /** The provincial site and every city, prefecture, county and district. */
  portalSites!: readonly PortalSite[];
}

/**
 * Validates a jurisdiction's values and freezes them.
 * @param what the file's name, for the faults
 * @throws {ConfigurationError} with every fault, each with its path
 */
export function parseJurisdiction(raw: unknown, what: string, realm: Realm): Readonly<Jurisdiction> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new ConfigurationError(what, ['a YAML mapping expected']);
  }
  const file = plainToInstance(Jurisdiction, raw);
  const shape = faultsIn(
    validateSync(file, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
  );
  const sites = shape.length === 0 ? portalSites(file.sites) : [];
  const faults = [
    ...shape,
    // Rules between values need values of the right shape.
    ...(shape.length === 0 ? consistencyFaults(file, sites) : []),
    ...(realm === 'production' ? [...footerFaults(file.footer ?? {}), ...exampleFaults(raw)] : []),
  ];
  if (faults.length > 0) throw new ConfigurationError(what, faults);
  return frozen(Object.assign(file, { portalSites: sites }));
}

/** Reads `jurisdictions/<id>.yaml` once. @throws {ConfigurationError} */
export function loadJurisdiction(id: string, realm: Realm): Readonly<Jurisdiction> {
  const what = `jurisdictions/${id}.yaml`;
  const raw = readYaml(what);
  const jurisdiction = parseJurisdiction(raw, what, realm);
  if (jurisdiction.id !== id) throw new ConfigurationError(what, [`id: ${id} expected, as the file is named`]);
  return jurisdiction;
}

function readYaml(what: string): unknown {
  try {
    return parse(readFileSync(resolve(what), 'utf8'));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new ConfigurationError(what, [code === 'ENOENT' ? 'there is no such file (JURISDICTION)' : message]);
  }
}
