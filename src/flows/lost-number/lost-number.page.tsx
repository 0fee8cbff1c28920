import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CodeBlock, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form, refusalAt, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';
import type { LostNumberView } from './lost-number.service.js';

interface LostNumberProps {
  page: PageContext;
  i: CurrentInteraction;
  view: LostNumberView;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** Who it is, and the new number with its code; the same page for everybody. */
export function LostNumberPage({ page, i, view, values, refusal }: LostNumberProps) {
  const { t } = page;
  const { draft, sent } = view;
  const address = `/interaction/${i.uid}/lost-number`;
  const codeDue = !view.proved || refusalAt(refusal, 'smsCode') !== undefined;
  const number = (
    <TextField
      page={page}
      name="phone"
      label={t.lostNumber.phone}
      value={values?.phone ?? draft?.phone.national}
      refusal={refusal}
      type="tel"
      autocomplete="tel"
    />
  );
  return (
    <Layout
      page={page}
      title={t.lostNumber.title}
      refusal={refusal}
      notice={codeDue && sent && <SmsSentNotice page={page} {...sent} />}
    >
      <p>{t.lostNumber.intro}</p>
      <Form page={page} action={address}>
        <DefaultSubmit />
        <TextField
          page={page}
          name="name"
          label={t.lostNumber.name}
          value={values?.name ?? draft?.name.reveal()}
          refusal={refusal}
          autocomplete="name"
        />
        <TextField
          page={page}
          name="idNumber"
          label={t.lostNumber.idNumber}
          value={values?.idNumber ?? draft?.idNumber.reveal()}
          refusal={refusal}
          width="long"
        />
        {codeDue ? (
          <CodeBlock
            {...{ page, stage: view, values, refusal }}
            anotherHref={address}
            refreshPath={`/interaction/${i.uid}/captcha`}
            number={number}
          />
        ) : (
          <div>
            {number}
            <p id="phone-proved">{t.lostNumber.phoneProved}</p>
          </div>
        )}
        <p>
          <Button id="lost-number-next" name="deed" value="lost-number-next">
            {t.lostNumber.next}
          </Button>
        </p>
      </Form>
      <p class="hint">{t.lostNumber.unverified}</p>
      <Ways items={[{ id: 'back-to-login', href: `/interaction/${i.uid}/login`, text: t.lostNumber.backToLogin }]} />
    </Layout>
  );
}
