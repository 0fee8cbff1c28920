import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { shown } from './footer.js';
import type { Jurisdiction } from './jurisdiction.js';
import type { PortalSite } from './portal-sites.js';

/** Marks what stands in for a real value in a demonstration, in either language. */
const EXAMPLE = /示例|\(example\)/;

const doubles = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

/** What class-validator cannot see: values that contradict each other, or the list of places. */
export function consistencyFaults(file: Jurisdiction, sites: readonly PortalSite[]): string[] {
  const { province, names = {}, extra } = file.sites;
  const codes = sites.map(({ code }) => code);
  const known = new Set(codes);
  if (sites.length <= 1 + extra.length) return [`sites.province: the list of places has none under ${province}`];
  return [
    ...doubles(codes).map((code) => `sites.extra: the code ${code} is there already`),
    ...Object.entries(names).flatMap(([code, name]) => {
      if (!known.has(code)) return [`sites.names.${code}: the list of places has no such code`];
      return typeof name === 'string' && name !== '' ? [] : [`sites.names.${code}: a name expected`];
    }),
    ...extra.flatMap(({ parent }, index) =>
      known.has(parent) ? [] : [`sites.extra.${index}.parent: the list of places has no ${parent}`],
    ),
    ...(['officialMark', 'errorReport'] as const).flatMap((mark) => {
      const image = shown(file.footer[mark])?.image;
      return image === undefined || existsSync(resolve('jurisdictions', image))
        ? []
        : [`footer.${mark}.image: there is no jurisdictions/${image}`];
    }),
    ...file.demoSites.flatMap(({ code }, index) =>
      known.has(code) ? [] : [`demoSites.${index}.code: the list of places has no ${code}`],
    ),
    ...doubles(file.entityTypes.map(({ id }) => id)).map((id) => `entityTypes: ${id} is there twice`),
    ...doubles(file.entityTypes.flatMap(({ prefixes }) => prefixes)).map(
      (prefix) => `entityTypes: the prefix ${prefix} belongs to two types`,
    ),
  ];
}

/** Values of a demonstration anywhere in the file; in production none may be left. */
export function exampleFaults(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return EXAMPLE.test(value) ? [`${path}: a demonstration value`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => exampleFaults(member, path === '' ? key : `${path}.${key}`));
}
