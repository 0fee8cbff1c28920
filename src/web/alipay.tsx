import { refusalText } from '../locales/texts.js';
import type { Refusal } from '../shared/refusal.js';
import { ErrorPage } from './error-page.js';
import type { PageContext } from './page-context.js';
import { Ways } from './parts.js';

/** The way through Alipay, where there is one (`Ways`). @param base of the journey @param text what it is for */
export const alipayWay = ({ t, alipay }: PageContext, base: string, text = t.alipay.logIn) =>
  alipay?.logsIn === true && { id: 'login-alipay', href: `${base}/alipay/start`, text };

interface FailedProps {
  page: PageContext;
  refusal: Refusal;
  /** The journey it happened in, which goes on. */
  base: string;
  /** It was on the way to a higher level, not to a login. */
  verification?: boolean;
}

/** Nobody is logged in, and the journey is as it was: back to its login page, or once more. */
export function AlipayFailedPage({ page, refusal, base, verification }: FailedProps) {
  const { t } = page;
  return (
    <ErrorPage
      page={page}
      title={verification ? t.alipay.raiseFailedTitle : t.alipay.failedTitle}
      text={refusalText(page.language, refusal)}
      code={refusal.code}
      onward={{ href: base, label: verification ? t.alipay.backToVerification : t.alipay.backToLogin }}
    >
      <Ways items={[alipayWay(page, base, t.alipay.again)]} />
    </ErrorPage>
  );
}
