import type { Refusal } from '../shared/refusal.js';
import { CheckField } from './form.js';
import type { PageContext } from './page-context.js';
import { AgreementBox } from './parts.js';

interface AgreementProps {
  page: PageContext;
  refusal?: Refusal;
  /** Whether the version that is shown has been accepted on this form already. */
  ticked: boolean;
}

/** Whether what was sent accepts the version that is shown now: of an older one the tick is taken out again. */
export const isTicked = ({ jurisdiction }: PageContext, values: Record<string, string> = {}): boolean =>
  values['agreement'] === 'yes' && values['agreementVersion'] === jurisdiction.agreement.version;

/** The tick of a registration, and under it what is accepted. */
export function AgreementField({ page, refusal, ticked }: AgreementProps) {
  const { t, language, jurisdiction } = page;
  const title = jurisdiction.agreement.title[language];
  return (
    <CheckField page={page} name="agreement" label={t.registration.agree({ title })} refusal={refusal} checked={ticked}>
      <AgreementBox page={page} label={title} newTab={t.registration.agreementNewTab} />
    </CheckField>
  );
}
