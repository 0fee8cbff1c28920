import { Refusal } from './refusal.js';
import { Sensitive } from './sensitive.js';

const LONGEST = 100;
const SHORTEST = 2;
/** Letters of any script, digits, and what names of organisations hold. */
const SHAPE = /^[\p{L}\p{N}\p{M}()·.,&'’“”"《》、—\-/]+$/u;
const NOT_ONLY_SIGNS = /\p{L}{2}/u;

const refuse = (code: 'missing' | 'malformed' | 'too-long') =>
  new Refusal(`entity-name.${code}`, { field: 'entityName' });

/**
 * The name of a legal entity in the one spelling that is compared: NFKC (full-width brackets become plain ones), without
 * spaces. The register publishes it, so pages show it whole.
 */
export class EntityName extends Sensitive {
  static fromCanonical(text: string): EntityName {
    return new EntityName(text);
  }

  /** @throws {Refusal} entity-name.missing, .malformed, .too-long */
  static parse(raw: string): EntityName {
    const text = raw.normalize('NFKC').replace(/\s/g, '');
    if (text === '') throw refuse('missing');
    if ([...text].length > LONGEST) throw refuse('too-long');
    if ([...text].length < SHORTEST || !SHAPE.test(text) || !NOT_ONLY_SIGNS.test(text)) throw refuse('malformed');
    return new EntityName(text);
  }

  masked(): string {
    return this.reveal();
  }
}
