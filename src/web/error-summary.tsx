import { refusalText } from '../locales/texts.js';
import type { Refusal } from '../shared/refusal.js';
import type { PageContext } from './page-context.js';

/** At the top of a refused form: how many things to correct, each a link to its field. */
export function ErrorSummary({ page, refusal }: { page: PageContext; refusal: Refusal }) {
  const { t, language } = page;
  return (
    <div class="notice error" role="alert" id="error-summary" tabIndex={-1}>
      <p class="notice-title">{t.web.toCorrect({ count: refusal.list.length })}</p>
      <ul>
        {refusal.list.map((one) => (
          <li data-code={one.code}>
            {one.field ? <a href={`#${one.field}`}>{refusalText(language, one)}</a> : refusalText(language, one)}
          </li>
        ))}
      </ul>
    </div>
  );
}
