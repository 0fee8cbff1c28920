import { Refusal } from '../shared/refusal.js';
import { Optional, Parsed } from '../web/fields.js';

const LONGEST = 200;

/** Something is there, and not too much of it. */
function filled(raw: string): string {
  const answer = raw.trim();
  if (answer === '') throw new Refusal('field.missing');
  return short(answer);
}

function short(raw: string): string {
  if (raw.length > LONGEST) throw new Refusal('form.too-long');
  return raw.trim();
}

/** The questions, by section, in the order of the page. */
export const SECTIONS = {
  where: ['street', 'community', 'address', 'since'],
  contact: ['contactName', 'contactPhone', 'relation', 'needs'],
  card: ['office', 'note'],
} as const;
export const QUESTIONS = Object.values(SECTIONS).flat();
export type Question = (typeof QUESTIONS)[number];
export const MAY_BE_EMPTY: readonly Question[] = ['needs', 'note'];

/** The application for a senior citizen's card. */
export class ApplicationForm {
  @Parsed(filled)
  street!: string;

  @Parsed(filled)
  community!: string;

  @Parsed(filled)
  address!: string;

  @Parsed(filled)
  since!: string;

  @Parsed(filled)
  contactName!: string;

  @Parsed(filled)
  contactPhone!: string;

  @Parsed(filled)
  relation!: string;

  @Optional(short)
  needs?: string;

  @Parsed(filled)
  office!: string;

  @Optional(short)
  note?: string;
}
