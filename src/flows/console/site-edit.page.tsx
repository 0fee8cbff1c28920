import type { Operator } from '../../oidc/operators/operators.service.js';
import type { ChangedFields } from '../../oidc/sites/site-differences.js';
import { FORM_MEMBERS, SCOPES_TO_ASK } from '../../oidc/sites/site-members.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { acr } from '../../oidc/levels.js';
import type { Refusal } from '../../shared/refusal.js';
import { AreaField } from '../../web/area-field.js';
import { Button, CheckField, FieldError, Form, refusalAt, SelectField, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice } from '../../web/parts.js';
import { SitePage } from './console-layout.js';
import { ChangedMembers } from './member-values.js';
import { sitePath } from './sections.js';
import { fieldOf, fieldsOf, scopeField } from './site-edit.form.js';

interface Props {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  /** What was typed; what stands unless given. */
  values?: Record<string, string>;
  refusal?: Refusal;
  /** What somebody else changed meanwhile. */
  theirs?: ChangedFields;
  /** Whether a change of the site waits already. */
  waits: boolean;
  /** The form is filled with what was typed before a proof was asked for. */
  kept?: boolean;
}

/** The form as the registration stands. */
export const standing = ({ metadata, version }: SiteRecord): Record<string, string> => ({
  version: String(version),
  ...Object.assign({}, ...FORM_MEMBERS.map((member) => fieldsOf(member, metadata[member]))),
});

const OPTIONAL = new Set([
  'client_name#en',
  'client_uri',
  'initiate_login_uri',
  'post_logout_redirect_uris',
  'backchannel_logout_uri',
  'data_purpose',
  'data_purpose#en',
]);

type FieldsProps = Pick<Props, 'page' | 'site' | 'refusal'> & { values: Record<string, string> };

function Fields({ page, site, values, refusal }: FieldsProps) {
  const { members, hints, optional, kinds, noLevel } = page.t.consoleChanges;
  const { levels, scopes } = page.t.console;
  const props = (member: string) => {
    const name = fieldOf(member);
    const label = members[member] as string;
    const shown = OPTIONAL.has(member) ? optional({ label }) : label;
    return { page, name, label: shown, hint: hints[member], value: values[name], refusal };
  };
  const scopeFault = refusalAt(refusal, 'scope');
  const needsKeys = site.metadata['jwks_uri'] !== undefined || site.site.fapi;
  return (
    <div>
      <TextField {...props('client_name')} width="whole" />
      <TextField {...props('client_name#en')} width="whole" />
      <AreaField {...props('redirect_uris')} />
      <AreaField {...props('post_logout_redirect_uris')} />
      <TextField {...props('backchannel_logout_uri')} width="whole" />
      <TextField {...props('client_uri')} width="whole" />
      <TextField {...props('initiate_login_uri')} width="whole" />
      <fieldset id="scope" class={scopeFault ? 'field refused' : 'field'}>
        <legend>{members['scope']}</legend>
        <FieldError page={page} name="scope" fault={scopeFault} />
        {SCOPES_TO_ASK.map((scope) => (
          <CheckField
            page={page}
            name={scopeField(scope)}
            label={`\`${scope}\` · ${scopes[scope]}`}
            checked={Boolean(values[scopeField(scope)])}
          />
        ))}
      </fieldset>
      <TextField {...props('data_purpose')} width="whole" />
      <TextField {...props('data_purpose#en')} width="whole" />
      <SelectField
        {...props('required_acr')}
        none={noLevel}
        options={([1, 2, 3] as const).map((level) => [acr(level), levels[level]])}
      />
      <SelectField
        {...props('account_kinds')}
        none={kinds.both}
        options={[
          ['person', kinds.person],
          ['entity', kinds.entity],
        ]}
      />
      {needsKeys && <TextField {...props('jwks_uri')} width="whole" />}
    </div>
  );
}

/** What a developer's changes come to, before anything is typed. */
function WhenItCounts({ page }: Pick<Props, 'page'>) {
  const { developer } = page.t.consoleChanges.edit;
  return (
    <div id="when-it-counts" class="halves">
      {[developer.atOnce, developer.waits].map(({ title, members }) => (
        <div>
          <p>
            <strong>{title}</strong>
          </p>
          <ul>
            {members.map((member) => (
              <li>{member}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** At most one: that the form is filled already, and that a change of the site waits. */
function EditNotice({ page, site, waits, kept }: Pick<Props, 'page' | 'site' | 'waits' | 'kept'>) {
  const { edit: t } = page.t.consoleChanges;
  if (!waits && !kept) return null;
  return (
    <Notice kind="info" title={kept ? t.kept : t.waiting}>
      {kept && <p>{t.keptText}</p>}
      {waits && (
        <p>
          {kept ? t.waitingToo : t.waitingText} <a href={`${sitePath(site.site.id)}/changes`}>{t.waitingLink}</a>
        </p>
      )}
    </Notice>
  );
}

/** `/console/sites/:id/edit`: what a site's people change of it, and what of that waits. */
export function SiteEditPage(props: Props) {
  const { page, who, site, refusal, theirs } = props;
  const { edit: t } = page.t.consoleChanges;
  const values = props.values ?? standing(site);
  const path = sitePath(site.site.id);
  const { members } = page.t.consoleChanges;
  const fieldNames = Object.fromEntries(FORM_MEMBERS.map((member) => [fieldOf(member), members[member] ?? member]));
  return (
    <SitePage
      {...{ page, who, site, refusal, fieldNames }}
      here="edit"
      title={t.title}
      intro={who.role === 'operator' ? t.operator : undefined}
      notice={<EditNotice {...props} />}
    >
      {who.role === 'developer' && <WhenItCounts page={page} />}
      {theirs && (
        <section aria-labelledby="theirs-title">
          <h2 id="theirs-title">{t.othersTitle}</h2>
          <ChangedMembers page={page} id="theirs" fields={theirs} />
        </section>
      )}
      <Form page={page} action={`${path}/edit`}>
        <input type="hidden" name="version" value={values['version']} />
        <Fields {...{ page, site, values, refusal }} />
        <p>
          <Button id="edit-submit">{t.submit}</Button>
        </p>
      </Form>
    </SitePage>
  );
}
