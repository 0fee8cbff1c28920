import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';
import { pageAfter, pageBefore, proofPath } from './proof-pages.js';
import type { ProofBy, ProofView } from './proof-view.service.js';

interface ProofProps extends ProofView {
  page: PageContext;
  act: GuardedAct;
  /** The page that comes after, of an act that has many. */
  to: unknown;
  /** What was chosen; else what the account has. */
  by?: ProofBy;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function PasswordFields({ page, refusal }: ProofProps) {
  const { t } = page;
  return (
    <TextField
      page={page}
      name="password"
      label={t.proof.password}
      refusal={refusal}
      type="password"
      width="long"
      autocomplete="current-password"
      autofocus={!refusal}
    />
  );
}

function IdentityFields({ page, values, refusal }: ProofProps) {
  const { t } = page;
  return (
    <div>
      <TextField
        page={page}
        name="name"
        label={t.proof.name}
        value={values?.name}
        refusal={refusal}
        autocomplete="name"
      />
      <TextField
        page={page}
        name="idNumber"
        label={t.proof.idNumber}
        value={values?.idNumber}
        refusal={refusal}
        width="long"
      />
    </div>
  );
}

const fields = { password: PasswordFields, identity: IdentityFields };

/** What the page asks for; an account that has only its Alipay is asked for nothing else. */
function byOf({ by, has }: ProofProps): ProofBy | undefined {
  if (by) return by;
  if (has.password) return 'password';
  if (has.identity) return 'identity';
  return has.alipay ? undefined : 'password';
}

function Hidden({ act, to }: ProofProps) {
  return (
    <span hidden>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="to" value={pageAfter(act, to)} />
    </span>
  );
}

/** To Alipay and back: the main button where there is no other. */
function ByAlipay(props: ProofProps) {
  const { page } = props;
  return (
    <Form page={page} action="/account/proof/alipay">
      <Hidden {...props} />
      <p>
        <Button id="proof-alipay" kind={byOf(props) ? 'second' : 'main'}>
          {page.t.proof.byAlipay}
        </Button>
      </p>
    </Form>
  );
}

/** Asked before an act that changes a way in, exports or ends the account; then the act goes on (DESIGN 6). */
export function ProofPage(props: ProofProps) {
  const { page, act, to, account, has, refusal } = props;
  const { t, alipay } = page;
  const by = byOf(props);
  const Fields = by && fields[by];
  const others = {
    password: has.identity && { id: 'proof-other', href: proofPath(act, to, 'identity'), text: t.proof.byIdentity },
    identity: has.password && { id: 'proof-other', href: proofPath(act, to), text: t.proof.byPassword },
  };
  const certificate = {
    id: 'proof-certificate',
    href: `/account/proof/certificate?act=${act}`,
    text: t.proof.byCertificate,
  };
  return (
    <Layout page={page} title={t.proof.title} refusal={refusal}>
      <p>{t.proof.intro({ act: t.proof.acts[act], account })}</p>
      {Fields && (
        <Form page={page} action={by === 'password' ? '/account/proof' : '/account/proof/identity'}>
          <Hidden {...props} />
          <Fields {...props} />
          <p>
            <Button id="proof-submit">{t.proof.submit}</Button>
          </p>
        </Form>
      )}
      {has.alipay && alipay?.logsIn && <ByAlipay {...props} />}
      <Ways
        items={[
          by !== undefined && others[by],
          has.certificate && certificate,
          { id: 'back', href: pageBefore(act), text: t.proof.back },
        ]}
      />
    </Layout>
  );
}
