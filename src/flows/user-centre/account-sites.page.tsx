import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts } from '../../web/parts.js';
import type { LedgerPart, PermissionLine } from './account-sites.service.js';
import { CentrePage } from './centre-page.js';
import { claimNames, listed } from './claim-names.js';
import { Paging } from './paging.js';

interface Props {
  page: PageContext;
  permitted: readonly PermissionLine[];
  /** Sites whose duty needs no permission, listed as such. */
  exempt: readonly string[];
  ledger: LedgerPart;
  /** The line the page begins below; the newest come first. */
  before?: string;
  refusal?: Refusal;
}

function Permitted({ page, line, number }: { page: PageContext; line: PermissionLine; number: number }) {
  const { permission, userCentre } = page.t;
  const t = userCentre.sites;
  const names = permission.scopes as Record<string, string>;
  const scopes = listed(
    page,
    line.scopes.map((scope) => names[scope] ?? scope),
  );
  return (
    <li>
      <h3>{line.site}</h3>
      <Facts
        items={[
          [t.what, scopes],
          [t.purpose, line.purpose ?? t.noPurpose],
          [t.since, chinaMinute(line.since)],
        ]}
      />
      <Form page={page} action="/account/sites">
        <input type="hidden" name="clientId" value={line.clientId} />
        <Button id={`site-revoke-${number}`} kind="second">
          {t.revoke}
        </Button>
      </Form>
    </li>
  );
}

function Exempt({ page, exempt }: { page: PageContext; exempt: readonly string[] }) {
  const t = page.t.userCentre.sites;
  if (exempt.length === 0) return null;
  return (
    <section aria-labelledby="exempt-title">
      <h2 id="exempt-title">{t.exempt}</h2>
      <p>{t.exemptText}</p>
      <ul id="exempt">
        {exempt.map((site) => (
          <li>{site}</li>
        ))}
      </ul>
    </section>
  );
}

function Ledger({ page, ledger, before }: Pick<Props, 'page' | 'ledger' | 'before'>) {
  const t = page.t.userCentre.sites;
  const { lines, older } = ledger;
  return (
    <section aria-labelledby="ledger-title">
      <h2 id="ledger-title">{t.ledger}</h2>
      <p>{lines.length === 0 ? t.nothingLeft : t.ledgerText}</p>
      <ul class="plain" id="ledger">
        {lines.map(({ at, site, claims, purpose }) => (
          <li>
            <strong>{site}</strong> · {chinaMinute(at)}
            <br />
            {t.left({ claims: claimNames(page, claims), purpose: purpose ?? t.noPurpose })}
          </li>
        ))}
      </ul>
      <Paging page={page} path="/account/sites" {...{ older, before }} />
    </section>
  );
}

/** `/account/sites`: what each site may have, with the way to take it back, and what has left. */
export function AccountSitesPage({ page, permitted, exempt, ledger, before, refusal }: Props) {
  const t = page.t.userCentre.sites;
  return (
    <CentrePage page={page} title={t.title} intro={t.intro} refusal={refusal}>
      <section aria-labelledby="permitted-title">
        <h2 id="permitted-title">{t.permitted}</h2>
        {permitted.length === 0 && <p>{t.none}</p>}
        <ul class="plain" id="permitted">
          {permitted.map((line, at) => (
            <Permitted page={page} line={line} number={at + 1} />
          ))}
        </ul>
      </section>
      <Exempt page={page} exempt={exempt} />
      <Ledger {...{ page, ledger, before }} />
    </CentrePage>
  );
}
