import type { Refusal } from '../shared/refusal.js';
import { faultText } from './fault-text.js';
import type { PageContext } from './page-context.js';

interface Props {
  page: PageContext;
  refusal: Refusal;
  /** Names of fields that a message does not name itself, on a long form. */
  fieldNames?: Readonly<Record<string, string>>;
}

/** At the top of a refused form: how many things to correct, each a link to its field. */
export function ErrorSummary({ page, refusal, fieldNames = {} }: Props) {
  const { t } = page;
  const told = (one: Refusal): string => {
    const [fault, field] = [faultText(page, one), one.field && fieldNames[one.field]];
    return field ? t.web.ofField({ field, fault }) : fault;
  };
  return (
    <div class="notice error" role="alert" id="error-summary" tabIndex={-1}>
      <p class="notice-title">{t.web.toCorrect({ count: refusal.list.length })}</p>
      <ul>
        {refusal.list.map((one) => (
          <li data-code={one.code}>{one.field ? <a href={`#${one.field}`}>{told(one)}</a> : told(one)}</li>
        ))}
      </ul>
    </div>
  );
}
