import type { CreditCode } from '../shared/credit-code.js';
import { Refusal } from '../shared/refusal.js';
import { withChinese } from './chinese.js';
import { SpokenWords } from './certificate-words.js';
import type { NamedAuthority } from './certificate-words.js';
import { FieldError } from './form.js';
import type { PageContext } from './page-context.js';

export interface CertificateProps {
  page: PageContext;
  /** Base64 of the exact bytes to sign. */
  challenge: string;
  authorities: readonly NamedAuthority[];
  /** Whose certificates the list shows, where the account is known. */
  entity?: CreditCode;
  refusal?: Refusal;
  /** What was sent; the certificate is kept, a signature is of no use again. */
  values?: Record<string, string>;
  /** Where a GET answers with this form and a fresh challenge; the page itself unless given. */
  from?: string;
}

type Place = 'challenge' | 'certificate' | 'signature';
const placeOf = ({ code, field }: Refusal): string | undefined => field ?? code.split('.', 1)[0];
const isAt =
  (place: Place) =>
  (one: Refusal): boolean =>
    placeOf(one) === place;

/** The same refusal with each part at its field of this form: for the summary, whose links lead there. */
export function atCertificateFields(refusal: Refusal): Refusal {
  const places: readonly Place[] = ['certificate', 'signature'];
  const placed = refusal.list.map((one) => {
    const place = places.find((name) => isAt(name)(one));
    return place && !one.field ? one.at(place) : one;
  });
  return Refusal.all(placed);
}

function TextArea(props: CertificateProps & { place: Place; label: string; hint: string; value?: string }) {
  const { page, refusal, place, label, hint, value } = props;
  const fault = refusal?.list.find(isAt(place));
  return (
    <div class={fault ? 'field refused' : 'field'}>
      <label for={place}>{label}</label>
      <p class="hint" id={`${place}-hint`}>
        {hint}
      </p>
      <FieldError {...{ page, fault }} name={place} />
      <textarea
        id={place}
        name={place}
        class="mono"
        rows={4}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault ? `${place}-hint ${place}-error` : `${place}-hint`}
      >
        {value}
      </textarea>
    </div>
  );
}

/** The way without script and without assistant: the text, its exact bytes as a file, and two fields. */
function ByHand(props: CertificateProps) {
  const { page, challenge, values = {} } = props;
  const { certificateForm: t } = page.t;
  return (
    <details id="certificate-by-hand" open>
      <summary>{t.byHand}</summary>
      <p>{t.byHandText}</p>
      <p>
        <strong id="challenge-label">{t.challenge}</strong>
      </p>
      <pre class="mono challenge" id="challenge-text" aria-labelledby="challenge-label" role="region" tabIndex={0}>
        {withChinese(page, Buffer.from(challenge, 'base64').toString())}
      </pre>
      <p>
        <a id="challenge-file" download="challenge.txt" href={`data:application/octet-stream;base64,${challenge}`}>
          {t.challengeFile}
        </a>
      </p>
      <TextArea
        {...props}
        place="certificate"
        label={t.certificate}
        hint={t.certificateHint}
        value={values['certificate']}
      />
      <TextArea {...props} place="signature" label={t.signature} hint={t.signatureHint} />
    </details>
  );
}

/**
 * What every certificate page shows inside its form, before its button `certificate-submit`: the fields for whoever has no
 * script, and an empty place where the script puts the certificates of the assistant. The page answers a GET
 * with this form and a fresh challenge.
 */
export function CertificateFields(props: CertificateProps) {
  const { page, challenge, authorities, entity, refusal, from = page.path } = props;
  const { certificateForm: t } = page.t;
  const assistants = page.assistants.map(({ driver, origin }) => `${driver}=${origin}`).join();
  return (
    <div id="certificate-form" data-challenge-from={from} data-entity={entity?.masked()} data-assistants={assistants}>
      <FieldError page={page} name="challenge" fault={refusal?.list.find(isAt('challenge'))} />
      <input type="hidden" id="challenge" name="challenge" value={challenge} />
      <div
        id="certificate-picker"
        data-list={t.list}

        data-entry={t.entry}
        data-window={t.openWindow}
        hidden
      >
        <div id="certificate-list" />
        <div id="certificate-status" role="status" aria-live="polite" />
        <p hidden>
          <button type="button" id="certificate-again" class="button second" data-again={t.again} data-anew={t.anew}>
            {t.again}
          </button>
        </p>
      </div>
      <SpokenWords page={page} authorities={authorities} />
      <ByHand {...props} />
      {page.assets.assistant.map((script) => (
        <script src={script} defer />
      ))}
    </div>
  );
}
