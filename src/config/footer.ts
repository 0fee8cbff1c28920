import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsNotEmpty, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Text } from './text.js';

/** What a value says when the operator has none on purpose. */
const NONE = 'none';

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
