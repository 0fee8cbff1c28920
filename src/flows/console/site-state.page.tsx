import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord, SiteState } from '../../oidc/sites/site-records.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { SitePage } from './console-layout.js';
import { sitePath } from './sections.js';

interface Props {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
  values?: Record<string, string>;
  refusal?: Refusal;
}

/** What can be done with a site as it stands; one that left the file can be held closed as well. */
const DEEDS: Record<SiteState, 'disable' | 'enable'> = { open: 'disable', unlisted: 'disable', disabled: 'enable' };

/** `/console/sites/:id/state`: what disabling or enabling does, and its button. */
export function SiteStatePage({ page, who, site, values, refusal }: Props) {
  const { state: t } = page.t.consoleChanges;
  const deed = DEEDS[site.state];
  return (
    <SitePage {...{ page, who, site, refusal }} here="state" title={t[`${deed}Title`]} intro={t[`${deed}Text`]}>
      {site.state === 'unlisted' && <p>{t.unlisted}</p>}
      <Form page={page} action={`${sitePath(site.site.id)}/state/${deed}`}>
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
          <Button id={`${deed}-submit`} kind={deed === 'disable' ? 'risky' : 'main'}>
            {t[deed]}
          </Button>
        </p>
      </Form>
    </SitePage>
  );
}
