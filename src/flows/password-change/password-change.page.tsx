import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Ways } from '../../web/parts.js';

interface PasswordChangeProps {
  page: PageContext;
  /** Whether the account has a password at all. */
  has: boolean;
  done?: boolean;
  refusal?: Refusal;
}

function Fields({ page, refusal }: PasswordChangeProps) {
  const { t } = page;
  return (
    <Form page={page} action="/account/password">
      <TextField
        page={page}
        name="currentPassword"
        label={t.passwordChange.current}
        refusal={refusal}
        type="password"
        width="long"
        autocomplete="current-password"
      />
      <TextField
        page={page}
        name="password"
        label={t.passwordChange.next}
        hint={t.registration.passwordHint}
        refusal={refusal}
        type="password"
        width="long"
        autocomplete="new-password"
      />
      <p>
        <Button id="password-submit">{t.passwordChange.submit}</Button>
      </p>
    </Form>
  );
}

/** A new password; an account without one is told how to set its first. */
export function PasswordChangePage(props: PasswordChangeProps) {
  const { page, has, done, refusal } = props;
  const { t } = page;
  const notice = done && <Notice kind="success" title={t.passwordChange.done} />;
  return (
    <Layout page={page} title={t.passwordChange.title} refusal={refusal} notice={notice}>
      <p>{has ? t.passwordChange.intro : t.passwordChange.none}</p>
      {has && <Fields {...props} />}
      <Ways items={[{ id: 'back', href: '/account', text: t.passwordChange.back }]} />
    </Layout>
  );
}
