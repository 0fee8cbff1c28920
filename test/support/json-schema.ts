interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  oneOf?: Schema[];
  format?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean;
  items?: Schema;
  $defs?: Record<string, Schema>;
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};
const isTime = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);

/** What in the value breaks the schema, each with its path: the part of JSON Schema that our own documents use. */
export function breaches(root: Schema, value: unknown, schema: Schema = root, path = '$'): string[] {
  const own: Schema = schema.$ref ? { ...root.$defs?.[schema.$ref.replace('#/$defs/', '')] } : schema;
  if ('const' in own) return value === own.const ? [] : [`${path} is not ${String(own.const)}`];
  if (own.oneOf) {
    const fits = own.oneOf.some((one) => breaches(root, value, one, path).length === 0);
    return fits ? [] : [`${path} fits none of its kinds`];
  }
  if (own.enum) return own.enum.includes(value) ? [] : [`${path} is none of ${own.enum.join(', ')}`];
  const types = [own.type ?? []].flat();
  if (types.length > 0 && !types.includes(typeOf(value))) return [`${path} is ${typeOf(value)}`];
  if (own.format === 'date-time' && !isTime(value)) return [`${path} is no time`];
  if (Array.isArray(value)) return value.flatMap((one, at) => breaches(root, one, own.items ?? {}, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  const properties = own.properties ?? {};
  const missing = (own.required ?? []).filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const rule = properties[name];
    if (rule) return breaches(root, member, rule, `${path}.${name}`);
    return own.additionalProperties === false ? [`${path}.${name} is not in the schema`] : [];
  });
  return [...missing, ...members];
}
