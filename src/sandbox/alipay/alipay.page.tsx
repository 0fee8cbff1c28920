import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';
import { QrCode } from '../../web/qr-code.js';
import { withChinese } from '../../web/chinese.js';
import type { StubAlipayUser } from './alipay-users.js';

interface LoginProps {
  page: PageContext;
  /** What the app sent the person here with, to be sent again. */
  query: string;
  ticket: string;
  /** What the code holds. */
  link: string;
  account?: string;
  refused?: boolean;
  waiting?: boolean;
}

function PasswordForm({ page, query, account, refused }: LoginProps) {
  const t = page.t.sandboxAlipay;
  return (
    <form method="post" action={`/sandbox/alipay/oauth2/publicAppAuthorize.htm?${query}`} noValidate>
      <div class={refused ? 'field refused' : 'field'}>
        <label for="account">{t.account}</label>
        {refused && (
          <p class="field-error" id="account-error" data-code="alipay-sandbox.wrong">
            {page.t.web.errorPrefix}
            {t.wrong}
          </p>
        )}
        <input type="text" id="account" name="account" class="width-number" value={account} autocomplete="off" />
      </div>
      <div class="field">
        <label for="password">{t.password}</label>
        <input type="password" id="password" name="password" class="width-number" autocomplete="off" />
      </div>
      <p>
        <button type="submit" id="alipay-login" class="button main">
          {t.logIn}
        </button>
      </p>
    </form>
  );
}

/** Scan or password, and a way to say no. */
export function AlipayLoginPage(props: LoginProps) {
  const { page, query, ticket, link, waiting } = props;
  const t = page.t.sandboxAlipay;
  return (
    <Layout page={page} title={t.title} notice={waiting && <Notice kind="info" title={t.notYet} />}>
      <p>{t.intro}</p>
      <h2>{t.byPassword}</h2>
      <PasswordForm {...props} />
      <h2>{t.byScan}</h2>
      <p class="qr-code">
        <QrCode text={link} label={t.code} />
      </p>
      <p>
        <a id="alipay-scan" href={link} target="_blank" rel="noopener">
          {t.scanLink}
        </a>
      </p>
      <form method="post" action={`/sandbox/alipay/after-scan/${ticket}`}>
        <button type="submit" id="alipay-scan-check" class="button second" data-ticket={ticket}>
          {t.scanCheck}
        </button>
      </form>
      <form method="post" action={`/sandbox/alipay/deny?${query}`}>
        <button type="submit" id="alipay-deny" class="link-button">
          {t.deny}
        </button>
      </form>
      <script src="/sandbox/alipay/scan.js" defer />
    </Layout>
  );
}

interface ScanProps {
  page: PageContext;
  ticket: string;
  users: readonly StubAlipayUser[];
}

/** On the phone, where somebody is logged in to Alipay already. */
export function AlipayScanPage({ page, ticket, users }: ScanProps) {
  const t = page.t.sandboxAlipay;
  return (
    <Layout page={page} title={t.scanTitle}>
      <p>{t.scanIntro}</p>
      <form method="post" action={`/sandbox/alipay/scan/${ticket}`}>
        <div class="field">
          <label for="account">{t.asWhom}</label>
          <select id="account" name="account" class="width-long">
            {users.map(({ userId, name }) => (
              <option value={userId}>{`${name ?? t.nameless} ${userId}`}</option>
            ))}
          </select>
        </div>
        <p>
          <button type="submit" id="alipay-scan-confirm" class="button main">
            {t.scanConfirm}
          </button>
        </p>
      </form>
    </Layout>
  );
}

export function AlipayScannedPage({ page }: { page: PageContext }) {
  const t = page.t.sandboxAlipay;
  return (
    <Layout page={page} title={t.scannedTitle}>
      <p>{t.scanned}</p>
    </Layout>
  );
}

/** The app did not send the person here as it is registered. */
export function AlipayFaultPage({ page, fault }: { page: PageContext; fault: string }) {
  const t = page.t.sandboxAlipay;
  return (
    <Layout page={page} title={t.faultTitle}>
      <p data-code={fault}>{withChinese(page, t.fault({ fault }))}</p>
    </Layout>
  );
}
