import { fromBER } from 'asn1js';
import { CreditCode } from '../credit-code.js';
import { Refusal } from '../refusal.js';
import { shownName } from './certificate.js';
import type { Certificate } from './certificate.js';

/** Where an authority writes the unified social credit code; which places, the operator says. */
export type CodePlace = { attribute: string; pattern?: string } | { extension: string };

/** Names of subject attributes that a place may use, besides plain object identifiers. */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  organizationIdentifier: '2.5.4.97',
};

const LONGEST_VALUE = 64;
const TEXT_TAGS = new Set([12, 19, 22]);

/** A string type, or bare text without a tag: what authorities are seen to write. */
function textOfExtension(value: Buffer): string | undefined {
  if (value.length > LONGEST_VALUE) return undefined;
  const { offset, result } = fromBER(value);
  const isText = offset === value.length && TEXT_TAGS.has(result.idBlock.tagNumber) && result.idBlock.tagClass === 1;
  return isText ? String((result.valueBlock as unknown as { value: string }).value) : value.toString('latin1');
}

function textsAt(certificate: Certificate, place: CodePlace): string[] {
  if ('extension' in place) {
    const value = certificate.extensions.get(place.extension)?.value;
    const text = value && textOfExtension(value);
    return text === undefined ? [] : [text];
  }
  const type = ATTRIBUTES[place.attribute] ?? place.attribute;
  const texts = certificate.subjectParts.filter(([one]) => one === type).map(([, text]) => text);
  const { pattern } = place;
  if (pattern === undefined) return texts;
  return texts.flatMap((text) => {
    const found = new RegExp(pattern, 'u').exec(text);
    return found ? [found[1] ?? found[0]] : [];
  });
}

/**
 * The credit code that a certificate holds in its authority's places; every place is read.
 * @throws {Refusal} certificate.code-missing, .code-ambiguous when two places say different codes
 */
export function creditCodeOf(certificate: Certificate, places: readonly CodePlace[]): CreditCode {
  const found = places
    .flatMap((place) => textsAt(certificate, place))
    .map((text) => CreditCode.find(text))
    .filter((code) => code !== undefined);
  const distinct = new Map(found.map((code) => [code.reveal(), code]));
  const [code] = distinct.values();
  const values = { authority: shownName(certificate.issuerParts) };
  if (!code) throw new Refusal('certificate.code-missing', { values });
  if (distinct.size > 1) throw new Refusal('certificate.code-ambiguous', { values });
  return code;
}
