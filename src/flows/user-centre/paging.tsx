import type { PageContext } from '../../web/page-context.js';

interface Props {
  page: PageContext;
  path: string;
  /** Where the next page begins, if there is one. */
  older?: string;
  /** Where this one does; nothing for the newest. */
  before?: string;
}

/** Onward to what is older, and back to the newest. */
export function Paging({ page, path, older, before }: Props) {
  const t = page.t.userCentre.paging;
  return (
    <div>
      {older && (
        <p>
          <a id="older" href={`${path}?before=${older}`}>
            {t.older}
          </a>
        </p>
      )}
      {before && (
        <p>
          <a id="newest" href={path}>
            {t.newest}
          </a>
        </p>
      )}
    </div>
  );
}
