import { Button } from '../web/form.js';
import { Layout } from '../web/layout.js';
import type { PageContext } from '../web/page-context.js';
import { Facts, Notice } from '../web/parts.js';
import type { Application } from './drafts.js';
import type { SiteSession } from './site-session.js';

const SECTIONS = {
  where: ['street', 'community', 'address', 'since'],
  contact: ['contactName', 'contactPhone', 'relation', 'needs'],
  card: ['office', 'note'],
} as const;
const OPTIONAL: readonly string[] = ['needs', 'note'];

export const FIELDS = Object.values(SECTIONS).flat();

/** Fields that are still empty and may not be. */
export const missingIn = (application: Application): string[] =>
  FIELDS.filter((name) => !OPTIONAL.includes(name) && !application[name]?.trim());

interface ApplyProps {
  page: PageContext;
  session?: SiteSession;
  application: Application;
  /** What has happened, in a sentence. */
  message?: string;
  missing?: readonly string[];
  token: string;
}

function Field({ page, name, application, missing }: ApplyProps & { name: (typeof FIELDS)[number] }) {
  const { portal: t } = page.t;
  const refused = missing?.includes(name);
  return (
    <div class={refused ? 'field refused' : 'field'}>
      <label for={name}>
        {t.fields[name]}
        {OPTIONAL.includes(name) && t.optional}
      </label>
      {refused && (
        <p class="field-error" id={`${name}-error`} data-code="missing">
          {page.t.web.errorPrefix}
          {t.missing}
        </p>
      )}
      <input
        type="text"
        id={name}
        name={name}
        class="width-long"
        value={application[name] ?? ''}
        aria-invalid={refused ? 'true' : undefined}
        aria-describedby={refused ? `${name}-error` : undefined}
      />
    </div>
  );
}

/** A long form whose draft survives an ended session, a missing level and a declined verification. */
export function ApplyPage(props: ApplyProps) {
  const { page, session, message, missing, token } = props;
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={t.applyTitle} wide>
      {message && (
        <Notice kind={missing ? 'error' : 'info'} title={message}>
          {!missing && <p>{t.kept}</p>}
        </Notice>
      )}
      <p>{t.applyIntro}</p>
      {session?.realName && (
        <section>
          <h2>{t.applicant}</h2>
          <Facts
            items={[
              [t.name, session.realName],
              [t.idNumber, session.idNumber],
              [t.phone, session.phone],
            ]}
          />
          <p class="hint">{t.applicantFrom}</p>
        </section>
      )}
      <form method="post" action="/apply" noValidate>
        <input type="hidden" name="token" value={token} />
        {(Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).map((section) => (
          <fieldset>
            <legend>{t.sections[section]}</legend>
            {SECTIONS[section].map((name) => (
              <Field {...props} name={name} />
            ))}
          </fieldset>
        ))}
        <p>
          <Button id="apply-submit" name="deed" value="submit">
            {t.submit}
          </Button>
          <Button id="apply-save" kind="second" name="deed" value="save">
            {t.save}
          </Button>
        </p>
      </form>
    </Layout>
  );
}

/** The application is in. */
export function ReceiptPage({ page, number }: { page: PageContext; number: string }) {
  const { portal: t } = page.t;
  return (
    <Layout page={page} title={t.receiptTitle}>
      <p id="receipt">{t.receipt({ number })}</p>
      <p>
        <a class="button main" href="/">
          {t.home}
        </a>
      </p>
    </Layout>
  );
}
