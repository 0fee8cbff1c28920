import { chinaMinute } from '../shared/china-time.js';
import { withChinese } from '../web/chinese.js';
import { Button, DefaultSubmit, Form, TextField } from '../web/form.js';
import type { PageContext } from '../web/page-context.js';
import { Facts } from '../web/parts.js';
import { Frame } from './frame.js';
import type { SigningRequest } from './signing-requests.js';

/** The window that a click opened, until the page's request is there. */
export function WaitingPage({ page }: { page: PageContext }) {
  const { assistant: t } = page.t;
  return (
    <Frame page={page} title={t.waitingTitle} again={1}>
      <p>{t.waiting}</p>
    </Frame>
  );
}

/** Who asks for what, and the PIN: for each signature anew. */
export function SignPage({ page, request, tries }: { page: PageContext; request: SigningRequest; tries: number }) {
  const { assistant: t } = page.t;
  const { challenge, by } = request;
  return (
    <Frame page={page} title={t.signTitle}>
      <p>{t.signText}</p>
      <Facts
        items={[
          [t.site, challenge.issuer],
          [t.portal, withChinese(page, challenge.portal)],
          [t.purpose, withChinese(page, challenge.purpose)],
          [t.entity, challenge.entity ? withChinese(page, challenge.entity) : t.entityUnknown],
          [t.certificate, withChinese(page, `${by.listed.name} · ${by.listed.authority}`)],
          [t.expires, chinaMinute(challenge.expires)],
        ]}
      />
      <Form page={page} action={page.path}>
        <DefaultSubmit name="decision" value="sign" />
        <TextField
          page={page}
          name="pin"
          type="password"
          label={t.pin}
          hint={t.pinHint({ tries })}
          width="code"
          autofocus
        />
        <p>
          <Button id="assistant-sign" name="decision" value="sign">
            {t.sign}
          </Button>
          <Button id="assistant-cancel" kind="second" name="decision" value="cancel">
            {t.cancel}
          </Button>
        </p>
      </Form>
    </Frame>
  );
}

/** What came of it; a script closes the window. */
export function OutcomePage({ page, request }: { page: PageContext; request: SigningRequest }) {
  const { assistant: t } = page.t;
  return (
    <Frame page={page} title={t.outcomes[request.outcome.state]} closes>
      <p id="outcome" data-state={request.outcome.state}>
        {t.closeText}
      </p>
    </Frame>
  );
}

/** A form that did not come from a page of ours. */
export function RefusedPage({ page }: { page: PageContext }) {
  const { assistant: t } = page.t;
  return (
    <Frame page={page} title={t.refused}>
      <p id="refused">{t.refusedText}</p>
    </Frame>
  );
}
