import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Ways } from '../../web/parts.js';

interface UserNameProps {
  page: PageContext;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function Fields({ page, values, refusal, action }: UserNameProps & { action: string }) {
  const { t } = page;
  return (
    <Form page={page} action={action}>
      <TextField
        page={page}
        name="userName"
        label={t.userName.label}
        hint={t.userName.hint}
        value={values?.userName}
        refusal={refusal}
        autocomplete="username"
        autofocus={!refusal}
      />
      <p>
        <Button id="user-name-submit">{t.userName.submit}</Button>
      </p>
    </Form>
  );
}

function Back({ page }: { page: PageContext }) {
  return <Ways items={[{ id: 'back', href: '/account', text: page.t.userName.back }]} />;
}

/** In the user centre: the first one, or another one. */
export function UserNamePage(props: UserNameProps & { present?: string }) {
  const { page, present, refusal } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t.userName.title} refusal={refusal}>
      <p>{t.userName.intro}</p>
      {present && (
        <p>
          {t.userName.present} <strong id="present">{present}</strong>
        </p>
      )}
      {present && <p>{t.userName.change}</p>}
      <Fields {...props} action="/account/user-name" />
      <Back page={page} />
    </Layout>
  );
}

/** Done. */
export function UserNameSetPage({ page, present }: { page: PageContext; present: string }) {
  const { t } = page;
  return (
    <Layout
      page={page}
      title={t.userName.title}
      notice={<Notice kind="success" title={t.userName.done({ name: present })} />}
    >
      <p>{t.userName.doneText}</p>
      <Back page={page} />
    </Layout>
  );
}

/** After registering; verification comes next, with a name or without. */
export function UserNameOfferPage(props: UserNameProps & { i: CurrentInteraction }) {
  const { page, refusal, i } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t.userName.title} refusal={refusal}>
      <p>{t.userName.intro}</p>
      <Fields {...props} action={`/interaction/${i.uid}/user-name`} />
      <Ways items={[{ id: 'user-name-skip', href: `/interaction/${i.uid}`, text: t.userName.skip }]} />
    </Layout>
  );
}
