import { IsObject, IsOptional, Matches } from 'class-validator';
import { Nested, NestedList } from './rules.js';
import { Text } from './text.js';

class ExtraSite {
  @Matches(/^[a-z0-9-]+$/)
  code!: string;

  @Nested(() => Text)
  name!: Text;

  @Matches(/^\d{2,6}$/)
  parent!: string;
}

/** Which sites the province has: from a library's list of places, and by hand. */
export class SitesOfProvince {
  /** The province's code in GB/T 2260, two digits. */
  @Matches(/^\d{2}$/)
  province!: string;

  @Nested(() => Text)
  provincial!: Text;

  /** What follows a place's name in the name of its site. */
  @Nested(() => Text)
  suffix!: Text;

  /** English names of places by code; a place without one keeps its Chinese name. */
  @IsOptional()
  @IsObject()
  names?: Record<string, string>;

  @NestedList(() => ExtraSite)
  extra!: ExtraSite[];
}

/** A site of the demonstration: the end of its client id, and which of the province's sites it is. */
export class DemoSiteCode {
  @Matches(/^[a-z-]+$/)
  id!: string;

  @Matches(/^\d{6}$/)
  code!: string;
}
