import type { Language } from '../locales/texts.js';
import { withChinese } from './chinese.js';
import type { PageContext } from './page-context.js';

/** A trusted authority as the form names it. */
export interface NamedAuthority {
  name: Readonly<Record<Language, string>>;
  /** Where people get its driver and certificate assistant. */
  assistantUrl?: string;
}

/** What the script can say besides the list: kind of notice, title, text. Its own names for them are these keys. */
const WORDS = {
  'no-assistant': 'noAssistant',
  blocked: 'blocked',
  'no-key': 'noKey',
  'no-certificates': 'noCertificates',
  'not-this-entity': 'notThisEntity',
  choose: 'choose',
  confirm: 'confirm',
  sending: 'sending',
  'wrong-pin': 'wrongPin',
  'wrong-pin-uncounted': 'wrongPinUncounted',
  'pin-locked': 'pinLocked',
  cancelled: 'cancelled',
  'timed-out': 'timedOut',
  'assistant-error': 'assistantError',
  'page-expired': 'pageExpired',
} as const;
export type Word = keyof typeof WORDS;
const CALM: readonly Word[] = ['confirm', 'sending', 'cancelled'];

function Downloads({ page, authorities }: { page: PageContext; authorities: readonly NamedAuthority[] }) {
  const { certificateForm: t } = page.t;
  return (
    <ul>
      {authorities.map(({ name, assistantUrl }) => {
        const text = withChinese(page, t.download({ authority: name[page.language] }));
        return (
          <li>
            {assistantUrl ? (
              <a href={assistantUrl} target="_blank" rel="noopener">
                {text}
              </a>
            ) : (
              withChinese(page, name[page.language])
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The script's words in the page's language, one block each, hidden: it shows a copy of the one that is true. */
export function SpokenWords({ page, authorities }: { page: PageContext; authorities: readonly NamedAuthority[] }) {
  const { certificateForm: t } = page.t;
  return (
    <div id="certificate-words" hidden>
      {(['looking', 'found'] as const).map((word) => (
        <div data-word={word}>
          <p class="hint">{t[word]}</p>
        </div>
      ))}
      {(Object.keys(WORDS) as Word[]).map((word) => (
        <div data-word={word} data-kind={CALM.includes(word) ? 'info' : 'warning'}>
          <p class="notice-title">{t[`${WORDS[word]}Title`]}</p>
          <p>{t[WORDS[word]]}</p>
          {word === 'no-assistant' && <Downloads page={page} authorities={authorities} />}
        </div>
      ))}
    </div>
  );
}
