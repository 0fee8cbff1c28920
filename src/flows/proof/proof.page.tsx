import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Ways } from '../../web/parts.js';
import { pageAfter, pageBefore, proofPath } from './proof-pages.js';

interface ProofProps {
  page: PageContext;
  act: GuardedAct;
  /** The page that comes after, of an act that has many. */
  to: unknown;
  /** The account it is about, masked: the page names whom it acts on. */
  account: string;
  verified: boolean;
  /** Whether a certificate of the account can sign instead. */
  certified: boolean;
  by: 'password' | 'identity';
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

/** Asked before an act that changes a way in, exports or ends the account; then the act goes on (DESIGN 6). */
export function ProofPage(props: ProofProps) {
  const { page, act, to, account, verified, certified, by, refusal } = props;
  const { t } = page;
  const other =
    by === 'password'
      ? { id: 'proof-other', href: proofPath(act, to, 'identity'), text: t.proof.byIdentity }
      : { id: 'proof-other', href: proofPath(act, to), text: t.proof.byPassword };
  const certificate = {
    id: 'proof-certificate',
    href: `/account/proof/certificate?act=${act}`,
    text: t.proof.byCertificate,
  };
  return (
    <Layout page={page} title={t.proof.title} refusal={refusal}>
      <p>{t.proof.intro({ act: t.proof.acts[act], account })}</p>
      <Form page={page} action={by === 'password' ? '/account/proof' : '/account/proof/identity'}>
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="to" value={pageAfter(act, to)} />
        {by === 'password' ? <PasswordFields {...props} /> : <IdentityFields {...props} />}
        <p>
          <Button id="proof-submit">{t.proof.submit}</Button>
        </p>
      </Form>
      <Ways
        items={[verified && other, certified && certificate, { id: 'back', href: pageBefore(act), text: t.proof.back }]}
      />
    </Layout>
  );
}
