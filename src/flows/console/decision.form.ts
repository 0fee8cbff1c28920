import { isShownText } from '../../oidc/sites/site-text.js';
import { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';

const LONGEST = 200;

/** Why, in one line that both languages' pages show as it is. @throws {Refusal} site-change.reason */
function reasonOf(raw: string): string | undefined {
  const text = raw.trim();
  if (text === '') return undefined;
  if (!isShownText(text, LONGEST)) throw new Refusal('site-change.reason', { values: { longest: LONGEST } });
  return text;
}

type Decision = 'approve' | 'refuse';

/** @throws {Refusal} request.malformed (400): nobody types it */
function decisionOf(raw: string): Decision {
  if (raw !== 'approve' && raw !== 'refuse') throw new Refusal('request.malformed', { status: 400 });
  return raw;
}

/** A change that waits: approved, or refused with a reason. */
export class DecisionForm {
  @Parsed(decisionOf)
  decision!: Decision;

  @Parsed(reasonOf)
  reason?: string;
}

/** Something that may have a reason. */
export class ReasonForm {
  @Parsed(reasonOf)
  reason?: string;
}
