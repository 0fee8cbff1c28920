import { IsNotEmpty, IsOptional, IsString, Matches } from 'class-validator';
import { NONE, Nested, NestedOrNone } from './rules.js';
import { Text } from './text.js';

/** A mark that the operator is given elsewhere: its words, where it leads, and its picture. */
export class FooterLink {
  @Nested(() => Text)
  text!: Text;

  @IsString()
  @IsNotEmpty()
  href!: string;

  /** A file beside the jurisdiction's, `jurisdictions/<image>`; without one the words alone are shown. */
  @IsOptional()
  @Matches(/^[\w-]+\.(png|jpg|gif)$/)
  image?: string;
}

/** Each value is required in production, or explicitly `none` (LOOK 4). */
export class Footer {
  @IsOptional()
  @NestedOrNone(() => Text)
  organiser?: Text | typeof NONE;

  @IsOptional()
  @NestedOrNone(() => Text)
  operator?: Text | typeof NONE;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  siteId?: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  icp?: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  publicSecurity?: string;

  @IsOptional()
  @NestedOrNone(() => FooterLink)
  officialMark?: FooterLink | typeof NONE;

  @IsOptional()
  @NestedOrNone(() => FooterLink)
  errorReport?: FooterLink | typeof NONE;
}

const KEYS = ['organiser', 'operator', 'siteId', 'icp', 'publicSecurity', 'officialMark', 'errorReport'] as const;

/** In production each value is given, or says `none`. */
export const footerFaults = (footer: Footer): string[] =>
  KEYS.filter((key) => footer[key] === undefined).map(
    (key) => `footer.${key}: required in production, or the word none`,
  );

/** A footer value to show; `undefined` when there is none. */
export const shown = <T extends object | string>(value: T | undefined): Exclude<T, typeof NONE> | undefined =>
  value === NONE ? undefined : (value as Exclude<T, typeof NONE> | undefined);
