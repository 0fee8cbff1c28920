import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';

/** The journey this page stands in. */
export type Journey = 'login' | 'reset' | 'register';

interface NumberHolderProps {
  page: PageContext;
  i: CurrentInteraction;
  journey: Journey;
  maskedPhone: string;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** The number is proved; whose account it leads to is asked, since the number may have changed hands. */
export function NumberHolderPage({ page, i, journey, maskedPhone, values, refusal }: NumberHolderProps) {
  const { t, jurisdiction } = page;
  const { numberReuseDays: days } = jurisdiction.lifetimes;
  return (
    <Layout page={page} title={t.numberHolder.title} refusal={refusal}>
      <p>{t.numberHolder.intro({ phone: maskedPhone, days })}</p>
      <Form page={page} action={`/interaction/${i.uid}/number-holder?for=${journey}`}>
        <TextField
          page={page}
          name="name"
          label={t.verification.name}
          value={values?.name}
          refusal={refusal}
          autocomplete="name"
          autofocus={!refusal}
        />
        <TextField
          page={page}
          name="idNumber"
          label={t.verification.idNumber}
          hint={t.verification.idNumberHint}
          value={values?.idNumber}
          refusal={refusal}
          width="long"
        />
        <p>
          <Button id="holder-prove">{t.numberHolder.submit}</Button>
        </p>
      </Form>
      <Ways
        items={[
          {
            id: 'new-holder',
            href: `/interaction/${i.uid}/new-holder?for=${journey}`,
            text: t.numberHolder.newHolder,
          },
          { id: 'back-to-login', href: `/interaction/${i.uid}/login`, text: t.numberHolder.back },
        ]}
      />
    </Layout>
  );
}
