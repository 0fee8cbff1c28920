import { chinaMinute } from '../../shared/china-time.js';
import type { Whereabouts } from '../../shared/whereabouts.js';
import type { PageContext } from '../../web/page-context.js';
import { Table } from '../../web/parts.js';
import type { ActivityPart, NamedLine } from './account-activity.service.js';
import { CentrePage } from './centre-page.js';
import { WhereaboutsCell } from './whereabouts.js';

interface Props {
  page: PageContext;
  part: ActivityPart;
  /** Whether this is the newest page. */
  first: boolean;
}

const placeIn = (details: Record<string, unknown>, name: string) => details[name] as Whereabouts | undefined;

/** What was done; for a login that was ended, which one. */
function Deed({ page, line: { kind, details } }: { page: PageContext; line: NamedLine }) {
  const ended = placeIn(details, 'ended');
  return (
    <span>
      {page.t.userCentre.activities[kind]}
      {ended && <br />}
      {ended && [ended.device, ended.place].filter(Boolean).join(' · ')}
    </span>
  );
}

/** `/account/activity`: when, what, where from, by which site. */
export function AccountActivityPage({ page, part, first }: Props) {
  const { activity: t } = page.t.userCentre;
  const rows = part.lines.map((line) => [
    chinaMinute(line.at),
    <Deed page={page} line={line} />,
    line.kind === 'release' ? t.bySite : <WhereaboutsCell page={page} from={placeIn(line.details, 'from')} />,
    line.site ?? t.noSite,
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
