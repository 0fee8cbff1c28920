import type { Whereabouts } from '../shared/whereabouts.js';
import type { PageContext } from './page-context.js';

/** Device and place in two short lines; what is not known is said so. */
export function WhereaboutsCell({ page, from }: { page: PageContext; from?: Whereabouts }) {
  const { device, place, unknown } = page.t.userCentre.whereabouts;
  if (!from) return <span>{unknown}</span>;
  return (
    <span>
      {from.device || device}
      {from.place && <br />}
      {from.place && place({ network: from.place })}
    </span>
  );
}
