import { chinaMinute } from '../../shared/china-time.js';
import type { Whereabouts } from '../../shared/whereabouts.js';
import type { PageContext } from '../../web/page-context.js';
import type { ActivityPart } from './account-activity.service.js';
import { CentrePage } from './centre-page.js';
import { Table } from './table.js';
import { WhereaboutsCell } from './whereabouts.js';

interface Props {
  page: PageContext;
  part: ActivityPart;
  /** Whether this is the newest page. */
  first: boolean;
}

/** `/account/activity`: when, what, where from, by which site. */
export function AccountActivityPage({ page, part, first }: Props) {
  const { activity: t, activities } = page.t.userCentre;
  const rows = part.lines.map(({ at, kind, site, details }) => [
    chinaMinute(at),
    activities[kind],
    kind === 'release' ? t.bySite : <WhereaboutsCell page={page} from={details['from'] as Whereabouts | undefined} />,
    site ?? t.noSite,
  ]);
  return (
    <CentrePage page={page} title={t.title} intro={t.intro}>
      {rows.length === 0 && <p>{t.none}</p>}
      {rows.length > 0 && <Table id="activity" columns={[t.when, t.what, t.from, t.site]} rows={rows} />}
      {part.older && (
        <p>
          <a id="activity-older" href={`/account/activity?before=${part.older}`}>
            {t.older}
          </a>
        </p>
      )}
      {!first && (
        <p>
          <a id="activity-newest" href="/account/activity">
            {t.newest}
          </a>
        </p>
      )}
    </CentrePage>
  );
}
