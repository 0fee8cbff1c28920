import { chinaMinute } from '../../shared/china-time.js';
import type { Whereabouts } from '../../shared/whereabouts.js';
import type { PageContext } from '../../web/page-context.js';
import { Table } from '../../web/parts.js';
import type { ActivityPart, NamedLine } from './account-activity.service.js';
import { CentrePage } from './centre-page.js';
import { claimNames } from './claim-names.js';
import { Paging } from './paging.js';
import { WhereaboutsCell } from '../../web/whereabouts.js';

interface Props {
  page: PageContext;
  part: ActivityPart;
  /** The line the page begins below; the newest come first. */
  before?: string;
}

const placeIn = (details: Record<string, unknown>, name: string) => details[name] as Whereabouts | undefined;

/** What was done; of a login that was ended, which one; of what a site took, what. */
function Deed({ page, line: { kind, details } }: { page: PageContext; line: NamedLine }) {
  const ended = placeIn(details, 'ended');
  const claims = kind === 'release' ? claimNames(page, (details['claims'] ?? []) as string[]) : undefined;
  const more = claims ?? (ended && [ended.device, ended.place].filter(Boolean).join(' · '));
  return (
    <span>
      {page.t.userCentre.activities[kind]}
      {more && <br />}
      {more}
    </span>
  );
}

/** `/account/activity`: when, what, where from, by which site. */
export function AccountActivityPage({ page, part, before }: Props) {
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
      <Paging page={page} path="/account/activity" older={part.older} before={before} />
    </CentrePage>
  );
}
