import { Refusal } from '../shared/refusal.js';

/** How one field of a form is read. */
export interface FieldRule {
  /** Turns what was typed into what it means. @throws {Refusal} */
  parse: (raw: string) => unknown;
  optional: boolean;
  /** How many characters are read at most. */
  longest: number;
}

const rules = new WeakMap<object, Map<string, FieldRule>>();
const LONGEST = 2000;
/** Control characters but tab and newline, bidi overrides and isolates, zero-width and lone surrogates. */
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const INVISIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD]|\p{Cs}/u;
const EVERY_INVISIBLE = new RegExp(INVISIBLE.source, 'gu');

function ruleFor(target: object, property: string, rule: FieldRule): void {
  const kept = rules.get(target) ?? new Map<string, FieldRule>();
  rules.set(target, kept.set(property, rule));
}

/** The field is read by this function; without a value it is given the empty string. */
export const Parsed =
  (parse: (raw: string) => unknown, longest = LONGEST) =>
  (target: object, property: string): void =>
    ruleFor(target, property, { parse, optional: false, longest });

/** A text field that may be missing: `undefined` then. */
export const Optional =
  (parse: (raw: string) => unknown = (raw) => raw) =>
  (target: object, property: string): void =>
    ruleFor(target, property, { parse, optional: true, longest: LONGEST });

function judged(name: string, rule: FieldRule, raw: unknown): unknown {
  if (raw === undefined && rule.optional) return undefined;
  const text = raw ?? '';
  if (typeof text !== 'string') throw new Refusal('form.array', { field: name, status: 400 });
  if (text.length > rule.longest) throw new Refusal('form.too-long', { field: name });
  if (INVISIBLE.test(text)) throw new Refusal('form.control-characters', { field: name });
  return rule.parse(text);
}

/**
 * Reads a form into its class. Every fault is told at once, each at its field.
 * @throws {Refusal} form.unknown-field, form.array (400), and what the fields' own rules refuse
 */
export function parseForm<F extends object>(Form: new () => F, body: unknown): F {
  const form = new Form();
  const fields = rules.get(Form.prototype as object) ?? new Map<string, FieldRule>();
  const values = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const unknown = Object.keys(values).find((name) => name !== '_csrf' && !fields.has(name));
  if (unknown !== undefined) throw new Refusal('form.unknown-field', { status: 400 });
  const refusals: Refusal[] = [];
  for (const [name, rule] of fields) {
    try {
      (form as Record<string, unknown>)[name] = judged(name, rule, values[name]);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      refusals.push(refusal.field === name ? refusal : refusal.at(name));
    }
  }
  if (refusals.length > 0) throw Refusal.all(refusals);
  return form;
}

/** What was typed, to be shown again: of arrays and objects nothing, of a text what can be seen. */
export function typed(body: unknown): Record<string, string> {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.map(([name, text]) => [name, text.replace(EVERY_INVISIBLE, '')]));
}
