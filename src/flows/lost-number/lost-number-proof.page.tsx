import type { ComponentChildren } from 'preact';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Tabs, Ways } from '../../web/parts.js';
import type { AskedMove } from './lost-number-draft.service.js';
import { WAYS } from './lost-number-proofs.service.js';
import type { Way } from './lost-number-proofs.service.js';

interface ProofProps {
  page: PageContext;
  i: CurrentInteraction;
  way: Way;
  maskedPhone: string;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function ByPassword({ page, refusal }: ProofProps) {
  const { t } = page;
  return (
    <div>
      <p>{t.lostNumber.passwordText}</p>
      <TextField
        page={page}
        name="password"
        label={t.lostNumber.password}
        refusal={refusal}
        type="password"
        width="long"
        autocomplete="current-password"
        autofocus={!refusal}
      />
    </div>
  );
}

function ByRecoveryCode({ page, values, refusal }: ProofProps) {
  const { t } = page;
  return (
    <div>
      <p>{t.lostNumber.recoveryText}</p>
      <TextField
        page={page}
        name="recoveryCode"
        label={t.lostNumber.recoveryCode}
        hint={t.lostNumber.recoveryCodeHint}
        value={values?.recoveryCode}
        refusal={refusal}
      />
    </div>
  );
}

function ByNone({ page }: ProofProps) {
  const { t, jurisdiction } = page;
  const days = jurisdiction.lifetimes.numberMoveDays;
  return (
    <div>
      <p>{t.lostNumber.waitText({ days })}</p>
      <ul>
        {t.lostNumber.waitSteps({ days }).map((step) => (
          <li>{step}</li>
        ))}
      </ul>
    </div>
  );
}

const PARTS: Record<Way, (props: ProofProps) => ComponentChildren> = {
  password: ByPassword,
  'recovery-code': ByRecoveryCode,
  none: ByNone,
};

/** The new number is proved; now what shows that the account is theirs, or that they have nothing to show. */
export function LostNumberProofPage(props: ProofProps) {
  const { page, i, way, maskedPhone, refusal } = props;
  const { t, jurisdiction } = page;
  const base = `/interaction/${i.uid}/lost-number`;
  const Part = PARTS[way];
  const days = jurisdiction.lifetimes.numberMoveDays;
  return (
    <Layout page={page} title={t.lostNumber.proofTitle} refusal={refusal}>
      <p>{t.lostNumber.proofIntro({ phone: maskedPhone })}</p>
      <Tabs
        label={t.lostNumber.waysLabel}
        items={WAYS.map((one) => ({
          id: `by-${one}`,
          href: `${base}/proof?by=${one}`,
          text: t.lostNumber.ways[one],
          current: one === way,
        }))}
      />
      <Form page={page} action={`${base}/proof/${way}`}>
        <Part {...props} />
        <p>
          <Button id="lost-number-submit">
            {way === 'none' ? t.lostNumber.waitSubmit({ days }) : t.lostNumber.submit}
          </Button>
        </p>
      </Form>
      <Ways items={[{ id: 'back', href: base, text: t.lostNumber.backToNumber }]} />
    </Layout>
  );
}

/** Asked for without a proof: the day, and how to stop it; the same whether or not there is such an account. */
export function AskedPage({ page, i, asked }: { page: PageContext; i: CurrentInteraction; asked: AskedMove }) {
  const { t } = page;
  const when = { date: chinaDay(asked.due), phone: asked.maskedPhone };
  return (
    <Layout
      page={page}
      title={t.lostNumber.askedTitle}
      notice={
        <Notice kind="info" title={t.lostNumber.askedIf(when)}>
          <p>{t.lostNumber.askedWhy}</p>
        </Notice>
      }
    >
      <h2>{t.lostNumber.askedNextTitle}</h2>
      <ul>
        {t.lostNumber.askedNext(when).map((step) => (
          <li>{step}</li>
        ))}
      </ul>
      <h2>{t.lostNumber.askedStopTitle}</h2>
      <p>{t.lostNumber.askedStop}</p>
      <Ways
        items={[
          { id: 'stop-link', href: '/stop', text: t.lostNumber.stopLink },
          { id: 'back-to-login', href: `/interaction/${i.uid}/login`, text: t.lostNumber.logIn },
        ]}
      />
    </Layout>
  );
}
