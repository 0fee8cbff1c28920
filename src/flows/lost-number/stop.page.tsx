import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';

/** The stop code of the notice; an SMS holds no link, so that people come here from the home page. */
export function StopPage({
  page,
  values,
  refusal,
}: {
  page: PageContext;
  values?: Record<string, string>;
  refusal?: Refusal;
}) {
  const { t } = page;
  return (
    <Layout page={page} title={t.lostNumber.stopTitle} refusal={refusal}>
      <p>{t.lostNumber.stopIntro}</p>
      <Form page={page} action="/stop">
        <TextField
          page={page}
          name="stopCode"
          label={t.lostNumber.stopCode}
          hint={t.lostNumber.stopCodeHint}
          value={values?.stopCode}
          refusal={refusal}
          autofocus={!refusal}
        />
        <p>
          <Button id="stop-submit">{t.lostNumber.stopSubmit}</Button>
        </p>
      </Form>
    </Layout>
  );
}
