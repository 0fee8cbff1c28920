import { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';
import { LONGEST_OVERLAP_HOURS } from '../../oidc/sites/site-records.service.js';

/** @throws {Refusal} site.overlap */
function hours(raw: string): number {
  const typed = raw.normalize('NFKC').trim();
  const number = /^\d{1,3}$/.test(typed) ? Number(typed) : Infinity;
  if (number > LONGEST_OVERLAP_HOURS) throw new Refusal('site.overlap', { values: { longest: LONGEST_OVERLAP_HOURS } });
  return number;
}

/** How long the earlier secret still counts. */
export class SiteSecretForm {
  @Parsed(hours)
  overlapHours!: number;
}
