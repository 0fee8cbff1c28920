import { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';

/** The answer to one request; which one, its id says, not the number of the button. */
export class AnswerForm {
  @Parsed((raw) => raw)
  request!: string;

  @Parsed((raw) => {
    if (raw !== 'approve' && raw !== 'deny') throw new Refusal('page.not-found', { status: 404 });
    return raw;
  })
  answer!: 'approve' | 'deny';
}
