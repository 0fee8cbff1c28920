import type { Refusal } from '../shared/refusal.js';
import { TextField } from './form.js';
import type { PageContext } from './page-context.js';

export interface CaptchaProps {
  page: PageContext;
  captchaId: string;
  /** Where "another picture" leads without a script: the same page, which makes a new one. */
  anotherHref: string;
  /** Where a script gets one without leaving the page. */
  refreshPath: string;
  refusal?: Refusal;
}

/** The picture: 200 × 64, twice that in large text or on request. */
function CaptchaPicture({ page, captchaId, anotherHref, refreshPath }: CaptchaProps) {
  const { t, large } = page;
  const path = `/captcha/${captchaId}.png`;
  return (
    <p class="captcha-picture">
      <img
        id="captcha-image"
        src={large ? `${path}?large=1` : path}
        class={large ? 'larger' : undefined}
        width={large ? 400 : 200}
        height={large ? 128 : 64}
        alt={t.web.captchaAlt}
      />{' '}
      <a id="captcha-another" href={anotherHref} data-refresh={refreshPath}>
        {t.web.captchaAnother}
      </a>{' '}
      {!large && (
        <a id="captcha-larger" href={`${path}?large=1`} target="_blank" rel="noopener">
          {t.web.captchaLarger}
        </a>
      )}
    </p>
  );
}

/** The picture, its field, and the other way for who cannot see it (LOOK 2). */
export function CaptchaField(props: CaptchaProps) {
  const { page, captchaId, refusal } = props;
  const { t } = page;
  return (
    <div class="captcha" id="captcha-block">
      <input type="hidden" name="captchaId" id="captchaId" value={captchaId} />
      <TextField
        page={page}
        name="captcha"
        label={t.web.captcha}
        hint={t.web.captchaHint}
        refusal={refusal}
        width="code"
        before={<CaptchaPicture {...props} />}
      >
        <details>
          <summary>{t.web.captchaOther}</summary>
          <p>{t.web.captchaOtherText}</p>
          <p>
            <button
              type="button"
              id="captcha-work"
              class="button second"
              hidden
              data-working={t.web.working}
              data-done={t.web.captchaSolved}
            >
              {t.web.captchaOtherButton}
            </button>
          </p>
          <p id="captcha-no-script">{t.web.captchaNoScript}</p>
        </details>
      </TextField>
    </div>
  );
}
