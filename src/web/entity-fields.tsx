import type { Refusal } from '../shared/refusal.js';
import { TextField } from './form.js';
import type { PageContext } from './page-context.js';

interface EntityFieldProps {
  page: PageContext;
  values?: Record<string, string>;
  refusal?: Refusal;
  autofocus?: boolean;
}

/** The unified social credit code (统一社会信用代码), as it is typed. */
export function CreditCodeField({ page, values, refusal, autofocus }: EntityFieldProps) {
  const t = page.t.entityRegistration;
  return (
    <TextField
      {...{ page, refusal, autofocus }}
      name="creditCode"
      label={t.creditCode}
      hint={t.creditCodeHint}
      value={values?.['creditCode']}
      width="long"
    />
  );
}

/** The name that an entity chooses to log in with. */
export function EntityUserNameField({ page, values, refusal }: EntityFieldProps) {
  const t = page.t.entityRegistration;
  return (
    <TextField
      {...{ page, refusal }}
      name="userName"
      label={t.userName}
      hint={t.userNameHint}
      value={values?.['userName']}
      autocomplete="username"
    />
  );
}
