import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice } from '../../web/parts.js';
import { SitePage } from './console-layout.js';
import { sitePath } from './sections.js';
import type { NewSecret } from './site-secret.service.js';

const OVERLAP_HOURS = '24';

interface Props {
  page: PageContext;
  who: Operator;
  site: SiteRecord;
}

/** `/console/sites/:id/secret`: for how long the earlier one still counts. */
export function SiteSecretPage({
  page,
  who,
  site,
  values,
  refusal,
}: Props & { values?: Record<string, string>; refusal?: Refusal }) {
  const { secret: t } = page.t.consoleChanges;
  return (
    <SitePage {...{ page, who, site, refusal }} here="secret" title={t.title} intro={site.hasSecret ? t.intro : t.none}>
      {site.hasSecret && (
        <Form page={page} action={`${sitePath(site.site.id)}/secret`}>
          <TextField
            page={page}
            name="overlapHours"
            label={t.overlap}
            hint={t.overlapHint}
            value={values?.['overlapHours'] ?? OVERLAP_HOURS}
            refusal={refusal}
            width="code"
            inputmode="numeric"
          />
          <p>
            <Button id="secret-submit" kind="risky">
              {t.submit}
            </Button>
          </p>
        </Form>
      )}
    </SitePage>
  );
}

/** `/console/sites/:id/secret/:made`: the new one, the first time this page is opened; never again. */
export function NewSecretPage({ page, who, site, made, now }: Props & { made?: NewSecret; now: Date }) {
  const { secret: t } = page.t.consoleChanges;
  const path = sitePath(site.site.id);
  const framed = { page, who, site, here: 'secret' } as const;
  const back = { id: 'registration', href: path, text: t.back };
  if (!made) {
    const ways = [{ id: 'again', href: `${path}/secret`, text: t.again }, back];
    return <SitePage {...framed} title={t.gone} intro={t.goneText} ways={ways} children={null} />;
  }
  const until = chinaMinute(new Date(now.getTime() + made.overlapHours * 3_600_000));
  return (
    <SitePage
      {...framed}
      title={t.shownTitle}
      intro={t.shownText}
      ways={[back]}
      notice={<Notice kind="warning" title={t.shownNotice} />}
    >
      <Facts
        items={[
          [t.label, <code id="secret">{made.secret}</code>],
          [t.until, made.overlapHours > 0 ? until : t.ended],
        ]}
      />
    </SitePage>
  );
}
