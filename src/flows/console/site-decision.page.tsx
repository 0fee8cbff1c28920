import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteChange } from '../../oidc/sites/site-changes.service.js';
import { differences } from '../../oidc/sites/site-differences.js';
import { outdated } from '../../oidc/sites/site-decisions.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';
import type { Authors } from './change-authors.service.js';
import { SitePage } from './console-layout.js';
import { ChangedMembers, memberName, memberNames } from './member-values.js';
import { sitePath } from './sections.js';
import { ChangeFacts } from './site-changes.page.js';

interface Props {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  authors: Authors;
  change: SiteChange;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** What approving it means, for each member that it changes. */
function Meanings({ page, change }: Pick<Props, 'page' | 'change'>) {
  const { meanings, decide: t } = page.t.consoleChanges;
  const told = Object.keys(change.fields).filter((member) => meanings[member] !== undefined);
  if (told.length === 0) return null;
  return (
    <section aria-labelledby="meaning-title">
      <h2 id="meaning-title">{t.meaningTitle}</h2>
      <ul id="meanings">
        {told.map((member) => (
          <li>
            <strong>{memberName(page, member)}</strong> · {meanings[member]}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of members that somebody has changed since: what was seen, and what stands. */
function Outdated({ page, site, change, members }: Pick<Props, 'page' | 'site' | 'change'> & { members: string[] }) {
  const seen = Object.fromEntries(members.map((member) => [member, change.fields[member]?.from]));
  const stands = Object.fromEntries(members.map((member) => [member, site.metadata[member]]));
  const { outdated: title, outdatedText, now: to } = page.t.consoleChanges.decide;
  return (
    <section aria-labelledby="outdated-title">
      <h2 id="outdated-title">{title}</h2>
      <p>{outdatedText({ fields: memberNames(page, members) })}</p>
      <ChangedMembers page={page} id="outdated" fields={differences(seen, stands)} to={to} />
    </section>
  );
}

/** `/console/sites/:id/changes/:change/decide`: what would change, what that means, and the two buttons. */
export function SiteDecisionPage(props: Props) {
  const { page, who, site, authors, change, values, refusal } = props;
  const { decide: t, one } = page.t.consoleChanges;
  const path = `${sitePath(site.site.id)}/changes/${change.id}`;
  const ways = [{ id: 'changes', href: `${sitePath(site.site.id)}/changes`, text: one.back }];
  const members = outdated(change.fields, site.metadata);
  const waits = change.state === 'waiting';
  const notice = waits && members.length > 0 && !refusal ? <Notice kind="warning" title={t.outdated} /> : undefined;
  return (
    <SitePage {...{ page, who, site, refusal, notice }} here="changes" title={t.title} intro={t.intro} ways={ways}>
      <ChangeFacts {...{ page, change, authors }} />
      <ChangedMembers page={page} id="fields" fields={change.fields} metadata={site.metadata} />
      {waits && members.length > 0 && <Outdated {...{ page, site, change, members }} />}
      {waits && <Meanings page={page} change={change} />}
      {waits && (
        <Form page={page} action={`${path}/decide`}>
          <DefaultSubmit name="decision" value="refuse" />
          <TextField
            page={page}
            name="reason"
            label={t.reason}
            hint={t.reasonHint}
            value={values?.['reason']}
            refusal={refusal}
            width="whole"
          />
          <p>
            {members.length === 0 && (
              <Button id="approve-submit" name="decision" value="approve">
                {t.approve}
              </Button>
            )}{' '}
            <Button id="refuse-submit" kind="second" name="decision" value="refuse">
              {t.refuse}
            </Button>
          </p>
        </Form>
      )}
    </SitePage>
  );
}
